# English, from the Kazakh.

search-label = Search for a service
search-button = Search
services-title = Services
services-none = No service was found for “{ $query }”. Try other words.
services-all = All services
services-found = { $count ->
        [one] { $count } service found
       *[other] { $count } services found
    }
service-start = Start a request
service-start-sign-in = You will need to sign in first.
services-to-read = For reading only
service-not-offered = The portal takes no requests for this service: its regulation is published for reading.
services-at-centre = At a public service centre
service-at-centre = This service is given at a public service centre: come with your identity document. You will see in your cabinet how the request goes on.
service-changes = A new wording of the regulation applies from { $day }. Requests made before that day are handled under the present one.
service-passport = Standard of the service
service-actions = How the service runs: table of actions
service-regulation = Regulation: table of actions, diagram and files
regulation-title = Regulation of the service
regulation-from = This wording is in force from { $day }
regulation-version = Version: { $version }
regulation-other-version = This is not the version that new requests take.
regulation-current = Open the version in force
regulation-units = Structural-functional units
regulation-table-about = Each column is one action. If the table is wider than the screen, scroll it sideways.
regulation-diagram = Diagram of functional interaction
regulation-diagram-about = Each action of the diagram leads to its column of the table. The table says the same in words.
regulation-to-table = Go to the table
regulation-files = Files
regulation-pdf-kk = Regulation in Kazakh (PDF)
regulation-pdf-ru = Regulation in Russian (PDF)
regulation-bpmn = Diagram for other programs (BPMN 2.0 XML)
regulation-svg = Diagram as a picture (SVG)
service-act = Legal basis:
class-title = Identification method
class-points = { $count ->
        [one] point
       *[other] points
    }
class-method-password = Login and password
class-method-otp = Login and password + one-time password
class-method-eds = Login and password + EDS
class-override = This method is set whatever the score:
class-confirm = How a request is confirmed
class-exception = A special rule applies to this service:
means-otp-number = One-time password sent to the subscriber number
means-otp-sign-in = One-time password for signing in
means-otp-confirm = One-time password (an EDS may stand for it)
means-eds = Electronic digital signature (EDS)
means-biometrics = Biometric authentication
means-number-match = Match with the number kept by the bank
means-none = No further confirmation is needed
class-criterion-1 = Risk of damage from disclosure of personal data
class-choice-1-1 = there is a risk
class-choice-1-2 = there is no risk
class-criterion-2 = Effect on the data in the base
class-choice-2-1 = the service changes the base
class-choice-2-2 = the service does not change the base
class-criterion-3 = Term of the service
class-choice-3-1 = takes more than 30 minutes
class-choice-3-2 = provided at once (up to 30 minutes)
class-criterion-4 = Fee of the service
class-choice-4-1 = paid
class-choice-4-2 = free of charge
class-warning-rules-outdated = Note: these rules may no longer be in force.
service-no-authority = The portal takes no requests for this service yet: it issues no certificates.
