# Қазақша: бастапқы мәтін.

act = № { $number } ({ $year } ж.)
act-10-2016 = № 10 бұйрық
act-58-2016 = № 58 бұйрық
act-74-2016 = № 74 бұйрық
act-839-2012 = № 839 бұйрық
act-1116-2010 = № 1116 қаулы
clause-paragraph = { $act }, { $place }-тармақ
clause-only-annex = { $act }, қосымша
clause-only-annex-row = { $act }, қосымша, { $place }-тармақ
clause-annex = { $act }, { $annex }-қосымша
clause-annex-row = { $act }, { $annex }-қосымша, { $place }-тармақ
