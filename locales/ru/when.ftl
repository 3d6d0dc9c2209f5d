# Русский: перевод с казахского.

when-day = { $day } { $month } { $year } г.
when-moment = { $day }, { $time }
when-month-1 = января
when-month-2 = февраля
when-month-3 = марта
when-month-4 = апреля
when-month-5 = мая
when-month-6 = июня
when-month-7 = июля
when-month-8 = августа
when-month-9 = сентября
when-month-10 = октября
when-month-11 = ноября
when-month-12 = декабря
when-term-s = { $amount ->
        [one] { $amount } секунда
        [few] { $amount } секунды
        [many] { $amount } секунд
       *[other] { $amount } секунды
    }
when-term-min = { $amount ->
        [one] { $amount } минута
        [few] { $amount } минуты
        [many] { $amount } минут
       *[other] { $amount } минуты
    }
when-term-h = { $amount ->
        [one] { $amount } час
        [few] { $amount } часа
        [many] { $amount } часов
       *[other] { $amount } часа
    }
when-term-days = { $amount ->
        [one] { $amount } день
        [few] { $amount } дня
        [many] { $amount } дней
       *[other] { $amount } дня
    }
when-term-working-days = { $amount ->
        [one] { $amount } рабочий день
        [few] { $amount } рабочих дня
        [many] { $amount } рабочих дней
       *[other] { $amount } рабочего дня
    }
