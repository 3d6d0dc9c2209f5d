# Русский: перевод с казахского.

search-label = Поиск услуги
search-button = Найти
services-title = Услуги
services-none = По запросу «{ $query }» услуг не найдено. Попробуйте другие слова.
services-all = Все услуги
services-found = { $count ->
        [one] Найдена { $count } услуга
        [few] Найдено { $count } услуги
       *[other] Найдено { $count } услуг
    }
service-start = Начать запрос
service-start-sign-in = Для запроса нужно войти на портал.
services-to-read = Только для ознакомления
service-not-offered = Запросы на эту услугу на портале не принимаются: её регламент опубликован для ознакомления.
services-at-centre = В центре обслуживания населения
service-at-centre = Эта услуга оказывается в центре обслуживания населения: приходите с документом, удостоверяющим личность. Ход дела будет виден в личном кабинете.
service-changes = С { $day } действует новая редакция регламента. Запросы, поданные раньше, рассматриваются по нынешней редакции.
service-passport = Стандарт услуги
service-actions = Как оказывается услуга: таблица действий
service-regulation = Регламент: таблица действий, диаграмма и файлы
regulation-title = Регламент услуги
regulation-from = Эта редакция действует с { $day }
regulation-version = Редакция: { $version }
regulation-other-version = Новые запросы идут по другой редакции.
regulation-current = Открыть действующую редакцию
regulation-units = Структурно-функциональные единицы
regulation-table-about = Каждый столбец – одно действие. Если таблица не помещается на экране, прокрутите её вбок.
regulation-diagram = Диаграмма функционального взаимодействия
regulation-diagram-about = Каждое действие на диаграмме ведёт к своему столбцу таблицы. Таблица говорит то же самое словами.
regulation-to-table = Перейти к таблице
regulation-files = Файлы
regulation-pdf-kk = Регламент на казахском языке (PDF)
regulation-pdf-ru = Регламент на русском языке (PDF)
regulation-bpmn = Диаграмма для других программ (BPMN 2.0 XML)
regulation-svg = Диаграмма как изображение (SVG)
service-act = Основание:
class-title = Способ идентификации
class-points = { $count ->
        [one] балл
        [few] балла
       *[other] баллов
    }
class-method-password = Логин/пароль
class-method-otp = Логин/пароль + одноразовый пароль
class-method-eds = Логин/пароль + ЭЦП
class-override = Этот способ установлен независимо от баллов:
class-confirm = Чем подтверждается запрос
class-exception = Для этой услуги действует специальное правило:
means-otp-number = Одноразовый пароль, отправленный на абонентский номер
means-otp-sign-in = Одноразовый пароль для входа
means-otp-confirm = Одноразовый пароль (вместо него можно подписать ЭЦП)
means-eds = Электронная цифровая подпись (ЭЦП)
means-biometrics = Биометрическая аутентификация
means-number-match = Сверка с номером в банке
means-none = Дополнительное подтверждение не требуется
class-criterion-1 = Риск возможного ущерба от раскрытия персональных данных
class-choice-1-1 = риск есть
class-choice-1-2 = риска нет
class-criterion-2 = Влияние на изменение сведений в базе
class-choice-2-1 = услуга ведёт к изменениям в базе
class-choice-2-2 = услуга не ведёт к изменениям в базе
class-criterion-3 = Срок оказания услуги
class-choice-3-1 = услуга, требующая времени (более 30 минут)
class-choice-3-2 = услуга оказывается сразу (до 30 минут)
class-criterion-4 = Плата за услугу
class-choice-4-1 = платная услуга
class-choice-4-2 = бесплатная услуга
class-warning-rules-outdated = Внимание: срок действия этих правил мог истечь.
service-no-authority = Запросы на эту услугу на портале пока не принимаются: портал не выдаёт регистрационных свидетельств.
