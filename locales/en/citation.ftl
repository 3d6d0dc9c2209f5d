# English, from the Kazakh.

act = No. { $number } of { $year }
act-10-2016 = order No. 10
act-58-2016 = order No. 58
act-74-2016 = order No. 74
act-839-2012 = order No. 839
act-1116-2010 = decree No. 1116
clause-paragraph = { $act }, para. { $place }
clause-only-annex = { $act }, annex
clause-only-annex-row = { $act }, annex, item { $place }
clause-annex = { $act }, annex { $annex }
clause-annex-row = { $act }, annex { $annex }, item { $place }
