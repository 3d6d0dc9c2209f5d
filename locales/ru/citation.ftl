# Русский: перевод с казахского.

act = № { $number } ({ $year } г.)
act-10-2016 = приказ № 10
act-58-2016 = приказ № 58
act-74-2016 = приказ № 74
act-839-2012 = приказ № 839
act-1116-2010 = постановление № 1116
clause-paragraph = { $act }, п. { $place }
clause-only-annex = { $act }, приложение
clause-only-annex-row = { $act }, приложение, п. { $place }
clause-annex = { $act }, приложение { $annex }
clause-annex-row = { $act }, приложение { $annex }, п. { $place }
