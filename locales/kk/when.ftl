# Қазақша: бастапқы мәтін.

when-day = { $year } жылғы { $day } { $month }
when-moment = { $day }, { $time }
when-month-1 = қаңтар
when-month-2 = ақпан
when-month-3 = наурыз
when-month-4 = сәуір
when-month-5 = мамыр
when-month-6 = маусым
when-month-7 = шілде
when-month-8 = тамыз
when-month-9 = қыркүйек
when-month-10 = қазан
when-month-11 = қараша
when-month-12 = желтоқсан
when-term-s = { $amount } секунд
when-term-min = { $amount } минут
when-term-h = { $amount } сағат
when-term-days = { $amount } күн
when-term-working-days = { $amount } жұмыс күні
