//! Documents in a bucket: against a server that keeps objects in memory and speaks just enough HTTP.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::*;

type Objects = Arc<Mutex<HashMap<String, Vec<u8>>>>;

/// Answers the requests of one connection until it is closed.
fn serve(stream: TcpStream, objects: &Objects) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some((first, headers)) = head(&mut reader) {
        let mut words = first.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap().to_owned());
        let length = headers.get("content-length").map_or(0, |text| text.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        assert!(headers.contains_key("authorization"), "requests are signed");
        let mut objects = objects.lock().unwrap();
        let answer = match method {
            "PUT" => {
                objects.insert(path, body);
                Some(Vec::new())
            }
            _ => objects.get(&path).cloned(),
        };
        drop(objects);
        let (status, content) = answer.map_or(("404 Not Found", Vec::new()), |content| ("200 OK", content));
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"1\"\r\nLast-Modified: Mon, 01 Jun 2026 00:00:00 GMT\r\n\r\n",
            content.len()
        );
        let content = if method == "HEAD" { Vec::new() } else { content };
        (&stream).write_all(&[head.into_bytes(), content].concat()).unwrap();
    }
}

fn head(reader: &mut impl BufRead) -> Option<(String, HashMap<String, String>)> {
    let mut lines = reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let first = lines.next()?;
    let headers = lines.filter_map(|line| {
        line.split_once(": ").map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
    });
    Some((first, headers.collect()))
}

/// A bucket on loopback; its threads end with the test process.
fn bucket() -> (S3, Objects) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let objects = Objects::default();
    let kept = Arc::clone(&objects);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, objects) = (stream.unwrap(), Arc::clone(&kept));
            std::thread::spawn(move || serve(stream, &objects));
        }
    });
    let s3 = S3 {
        endpoint,
        region: "kz".to_owned(),
        bucket: "qyzmet".to_owned(),
        prefix: "documents".to_owned(),
        access_key: "key".to_owned(),
        secret_key: "secret".to_owned(),
        allow_http: true,
    };
    (s3, objects)
}

fn open(s3: S3) -> Documents {
    let key = DocumentKey { name: "k1".to_owned(), secret: [1; 32] };
    Documents::open(&Place::S3(s3), Keys::new(key, vec![]).unwrap()).unwrap()
}

#[tokio::test]
async fn a_document_lies_encrypted_in_the_bucket_and_comes_back_whole() {
    let (s3, objects) = bucket();
    let documents = open(s3);
    let id = documents.put(b"content").await.unwrap();
    let name = format!("/qyzmet/documents/{}/{id}", &id.to_string()[..2]);
    let lying = objects.lock().unwrap().get(&name).cloned().expect("kept under its name");
    assert!(!lying.windows(7).any(|part| part == b"content"));
    assert_eq!(documents.get(id).await.as_deref(), Ok(b"content".as_slice()));
    assert_eq!(documents.ping().await, Ok(()));
    let missing = DocumentId::of(b"other");
    assert_eq!(documents.get(missing).await, Err(DocumentError::Missing(missing)));
    objects.lock().unwrap().insert(name, b"something else".to_vec());
    assert_eq!(documents.get(id).await, Err(DocumentError::Damaged(id)));
}
