// Reads BPMN files with a reader that is not ours and prints its warnings and the number of elements, as JSON lines.
import { readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";

for (const file of process.argv.slice(2)) {
  const { warnings, elementsById } = await new BpmnModdle().fromXML(readFileSync(file, "utf8"));
  const told = warnings.map((warning) => warning.message);
  console.log(JSON.stringify({ file, elements: Object.keys(elementsById).length, warnings: told }));
}
