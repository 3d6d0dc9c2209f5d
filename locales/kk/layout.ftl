# Қазақша: бастапқы мәтін.

layout-product = Qyzmet
layout-tag = мемлекеттік қызметтер
layout-skip = Негізгі мазмұнға өту
layout-error-prefix = Қате:
layout-notice = Хабарландыру
layout-languages = Тіл
layout-send = Жіберу
layout-account = Жеке кабинет
layout-cabinet = Жеке кабинет
layout-sign-in = Кіру
layout-sign-out = Шығу
layout-footer = Сайт туралы
layout-services = Мемлекеттік қызметтер
layout-verify = Құжатты тексеру
layout-accessibility = Қолжетімділік
layout-privacy = Дербес деректер
layout-licences = Лицензиялар
layout-help = Көмек керек пе? Бірыңғай байланыс орталығы: 1414 немесе 8-800-080-7777, тәулік бойы.
layout-path = Сіз осындасыз
layout-home = Басты бет
layout-back = Артқа
errors-title = Түзету қажет
timeout-title = Сеанс жақында аяқталады
timeout-text = Енгізілген деректер сақталады. Қалған уақыт:
timeout-left = {"{minutes}"} мин {"{seconds}"} с
timeout-extend = Сеансты жалғастыру
