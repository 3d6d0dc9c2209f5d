# Русский: перевод с казахского.

layout-product = Qyzmet
layout-tag = государственные услуги
layout-skip = Перейти к основному содержанию
layout-error-prefix = Ошибка:
layout-notice = Объявление
layout-languages = Язык
layout-send = Отправить
layout-account = Личный кабинет
layout-cabinet = Личный кабинет
layout-sign-in = Войти
layout-sign-out = Выйти
layout-footer = О сайте
layout-services = Государственные услуги
layout-verify = Проверка документа
layout-accessibility = Доступность
layout-privacy = Персональные данные
layout-licences = Лицензии
layout-help = Нужна помощь? Единый контакт-центр: 1414 или 8-800-080-7777, круглосуточно.
layout-path = Вы здесь
layout-home = Главная
layout-back = Назад
errors-title = Нужно исправить
timeout-title = Сеанс скоро завершится
timeout-text = Введённые данные сохраняются. Осталось:
timeout-left = {"{minutes}"} мин {"{seconds}"} с
timeout-extend = Продолжить сеанс
