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
service-changes = A new wording of the regulation applies from { $day }. Requests made before that day are handled under the present one.
service-passport = Standard of the service
service-actions = How the service runs: table of actions
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
