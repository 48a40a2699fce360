"""The words in which platforms state durations, in the languages that occur: tables only."""

from __future__ import annotations

from catalogue.clean.text import word_set

UNITS = {
    "h": "h hr hrs hs hour hours heure heures hora horas stunde stunden std ora ore uur uren час"
    " часа часов часы ч година години годин год godzina godziny godzin godz timme timmar tim timer"
    " saat jam giờ hores ώρα ώρες ساعة ساعات ساعه שעה שעות घंटा घंटे ชั่วโมง 小时 小時 时间 時間 시간"
    " hodina hodiny hodin tunti tuntia óra",
    "m": "m mn min mins minute minutes minuto minutos minuten minuti minuut minuter minutter мин"
    " минута минуты минут хв хвилин minuta minuty minut dakika dk menit phút λεπτά دقيقة دقائق דקות"
    " मिनट นาที 分 分钟 分鐘 분 perc",
    "s": "s sec secs second seconds seconde secondes segundos sekunden secondi 秒 초",
    "d": "d day days jour jours journée journées j día dia días dias tag tage tagen giorno giorni"
    " dag dagen dagar dage день дня дней дні днів dzień dni gün hari ngày ημέρες يوم أيام ימים दिन"
    " วัน 天 日 일",
    "w": "w wk wks week weeks semaine semaines sem semana semanas sems woche wochen settimana"
    " settimane weken неделя недели недель неделю нед тиждень тижні тижнів tydzień tygodnie"
    " tygodni vecka veckor uge uger uke uker hafta minggu tuần setmana setmanes εβδομάδα"
    " εβδομάδες أسبوع أسابيع اسبوع الأسبوع אשבוע שבוע שבועות सप्ताह हफ्ते สัปดาห์ 周 週 星期 週間 주"
    " týden týdny týdnů viikko viikkoa hét",
    "M": "month months mo mos mois mes meses mês monat monate monaten mese mesi maand maanden месяц"
    " месяца месяцев мес miesiąc miesiące miesięcy månad månader måned måneder ay bulan tháng شهر"
    " أشهر חודשים महीने เดือน 月 个月 個月 か月 ヶ月 カ月 개월",
    "Y": "year years yr yrs an ans année années año años ano anos jahr jahre anno anni",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}

WEEKLY = word_set(
    "weekly hebdomadaire hebdomadaires hebdo semanal semanales semanais semanalmente wöchentlich"
    " wöchentliche wöchentlicher settimanale settimanali wekelijks еженедельно haftada haftalık"
    " tygodniowo 每周 每週 毎週 매주 주당 週に 每星期 أسبوعيا أسبوعياً اسبوعيا setmanals"
)
DAILY = word_set(
    "daily quotidien quotidiens quotidienne quotidiennes diario diarios diaria diarias diário"
    " diários diária diárias täglich giornaliero giornalieri giornaliera giornaliere dagelijks"
    " ежедневно"
)
# What stands between days and the hours of each: "3 jours de 7 heures", "2 days x 7 h".
DAYS_OF = "de of à von di x × @"
# What joins an amount and "week" into "a week", an article between allowed.
A_WEEK = (
    "per a an each every par chaque por al à la alla cada pro je jede in die в на w om hver ogni"
    " στην setiap mỗi في ต่อ"
)
IN_ALL = word_set(
    "total totals totale totaux totales soit worth insgesamt gesamt totali entire whole всего"
    " 总共 共"
)
PER = word_set("/ per par por pro je cada each every chaque ogni alla al hver 每")
COUNTED = word_set(
    "question questions lecture lectures lesson lessons leçon leçons module modules modul módulo"
    " módulos section sections video videos vidéo vidéos article articles exercise exercises"
    " exercice exercices resource resources chapter chapters chapitre chapitres unit units unité"
    " unités activity activities activité activités quiz quizzes session sessions séance séances"
    " project projects episode episodes lección lecciones aula aulas lektion lektionen lezione"
    " lezioni test tests"
)
LIMITS = {
    "<": r"less than|fewer than|under|up to|at most|no more than|max(?:imum)?|moins de|jusqu['’]à"
    r"|au plus|menos de|hasta|até|weniger als|bis zu|höchstens|meno di|fino a|不到|少于|<|≤",
    ">": r"more than|at least|minimum|plus de|au moins|à partir de|más de|mais de|al menos"
    r"|pelo menos|mehr als|mindestens|più di|almeno|over(?= \d+(?:\.\d+)? ?(?:h|m|d))|至少|>|≥",
}
RANGES = word_set("- – — − ‑ ~ 〜 ～ to à a bis ila 至 到 から до do til")
# Those of them that before a single figure mean "at most".
UP_TO = word_set("bis до do til 至 到")
PLUSES = word_set("+ and et und y e и & plus og en")
HALF = r"and a half|et demie?|y media|e meia|e mezzo|e mezza"
HALF_AN = "half an|half a|half|une demi|demi|una media|media|meia|eine halbe|halbe|mezz"

ARTICLES = word_set("a an un une ein eine einen uno una um uma один одна 一")
FIGURES = (
    dict.fromkeys(["one", *ARTICLES], 1)
    | {
        word: value
        for value, words in enumerate(
            (
                "two deux dos dois duas zwei due два две 二 两 兩",
                "three trois tres três drei tre три 三",
                "four quatre cuatro quatro vier quattro четыре 四",
                "five cinq cinco fünf cinque пять 五",
                "six seis sechs sei шесть 六",
                "seven sept siete sete sieben sette семь 七",
                "eight huit ocho oito acht otto восемь 八",
                "nine neuf nueve nove neun девять 九",
                "ten dix diez dez zehn dieci десять 十",
                "eleven onze once elf undici",
                "twelve douze doce doze zwölf dodici",
            ),
            start=2,
        )
        for word in words.split()
    }
    | dict.fromkeys(["anderthalb", "eineinhalb", "полтора", "полторы", "półtorej"], 1.5)
)
# Words that are an amount by themselves.
TWO_OF = {
    word: f"2.0 {unit}"
    for unit, words in {
        "h": "ساعتان ساعتين שעתיים",
        "d": "يومان يومين יומיים",
        "w": "أسبوعان أسبوعين اسبوعان اسبوعين שבועיים",
        "M": "شهران شهرين חודשיים",
    }.items()
    for word in words.split()
}

# What may stand beside an amount and changes nothing of it. A word that asks something of the
# learner ("need", "experience", "must") must never be here: it makes another sentence of it.
FILLERS = word_set(
    "to of for the at in on it is so about around approx approximately approximate estimated"
    " estimate timeapprox time only long duration length effort workload work study"
    " studying learning content material materials complete completion finish finished"
    " required recommended suggested typical typically takes take average avg full course courses"
    " program programme specialization specialisation professional certificate guided degree"
    " demand on-demand self paced self-paced pace flexible schedule online undefined this than or"
    " rate no none part practice specifically your own expected ca circa by with all any over"
    " during between from as per-week level levels hands-on individual self-study varies variable"
    " env environ estimé estimée durée duree charge travail de du des d l le la les pour en sur"
    " au aux cours formation d'environ étude études raison votre propre à"
    " rythme moyenne entre pendant durant libre niveau niveaux temps nécessaire apprentissage"
    " aproximadamente aprox unas unos duración dedicación esfuerzo estimado estimada durante el"
    " los las del curso tiempo estudio ritmo propio su trabajo"
    " ungefähr etwa rund dauer aufwand lernzeit kurs zirka zeitaufwand umfang"
    " arbeitsaufwand über lang der das ca. zwischen von im eigenen tempo"
    " durata impegno stimato stimata corso di del circa"
    " duração esforço cerca carga horária do da estimativa"
    " около примерно 約 约 大约 에서 약 の 约需 需 需要 即可 完成 学习 学習 程度 ほど で 소요 완료"
    " pour terminer achever finir para completar concluir terminar zum abschließen abschluss"
    " full-time part-time partiel plein complet tempo parziale pieno completo teilzeit vollzeit"
    " abschliessen wird dauern dauert benötigt il completamento completare voltooien"
    " · • * : . = ~ ≈ “ ” \" ' ’ « » ! ?"
)
SEPARATORS = frozenset(",;|\n、。，；،؛x×")
BRACKETS = {"(": "(", ")": ")", "[": "(", "]": ")", "（": "(", "）": ")"}
