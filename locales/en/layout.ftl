# English, from the Kazakh.

layout-product = Qyzmet
layout-tag = public services
layout-skip = Skip to main content
layout-error-prefix = Error:
layout-notice = Notice
layout-languages = Language
layout-send = Send
layout-account = Account
layout-cabinet = My cabinet
layout-sign-in = Sign in
layout-sign-out = Sign out
layout-footer = About this site
layout-services = Public services
layout-verify = Check a document
layout-accessibility = Accessibility
layout-privacy = Personal data
layout-licences = Licences
layout-help = Need help? Call the contact centre: 1414 or 8-800-080-7777, day and night.
layout-path = You are here
layout-home = Home
layout-back = Back
errors-title = There is a problem
timeout-title = Your session will end soon
timeout-text = What you entered is kept. Time left:
timeout-left = {"{minutes}"} min {"{seconds}"} s
timeout-extend = Stay signed in
