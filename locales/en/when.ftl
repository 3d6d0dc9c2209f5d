# English, from the Kazakh.

when-day = { $day } { $month } { $year }
when-moment = { $day }, { $time }
when-month-1 = January
when-month-2 = February
when-month-3 = March
when-month-4 = April
when-month-5 = May
when-month-6 = June
when-month-7 = July
when-month-8 = August
when-month-9 = September
when-month-10 = October
when-month-11 = November
when-month-12 = December
when-term-s = { $amount } s
when-term-min = { $amount } min
when-term-h = { $amount } h
when-term-days = { $amount ->
        [one] { $amount } day
       *[other] { $amount } days
    }
when-term-working-days = { $amount ->
        [one] { $amount } working day
       *[other] { $amount } working days
    }
