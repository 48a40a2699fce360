"""What is asked, proposed and found unclear, in French and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from recommend.wording import number, quoted

Words = Mapping[str, str]

LANGUAGE_QUESTION = "Français ou English? [fr/en]"

QUESTIONS: Mapping[str, Words] = {
    "role": {
        "en": "What is your job (its title)?",
        "fr": "Quel est votre poste (son intitulé)\u202f?",
    },
    "text": {
        "en": "In a sentence or two: what do you do, and what are you looking for?",
        "fr": "En une phrase ou deux\xa0: que faites-vous, et que cherchez-vous\u202f?",
    },
    "wants": {
        "en": "Topics you want to learn, with commas between (five to eight, as precise as you"
        " can):",
        "fr": "Les sujets que vous voulez apprendre, séparés par des virgules (cinq à huit, aussi"
        " précis que possible)\xa0:",
    },
    "curious": {
        "en": "Topics that would be nice as well:",
        "fr": "Les sujets qui seraient bien en plus\xa0:",
    },
    "knows": {
        "en": "Topics you master, whose introductions are of no use to you:",
        "fr": "Les sujets que vous maîtrisez, dont une introduction ne vous apprendrait rien\xa0:",
    },
    "avoid": {
        "en": "Topics you do not want to see:",
        "fr": "Les sujets que vous ne voulez pas voir\xa0:",
    },
    "reads": {
        "en": "Languages you read, the most comfortable first (fr, en):",
        "fr": "Les langues que vous lisez, la plus confortable d’abord (fr, en)\xa0:",
    },
    "hours_per_week": {
        "en": "Hours a week you can give it:",
        "fr": "Combien d’heures par semaine pouvez-vous y consacrer\u202f?",
    },
    "weeks_at_most": {
        "en": "The most weeks that a course may last:",
        "fr": "Combien de semaines un cours peut-il durer au plus\u202f?",
    },
    "budget": {
        "en": "The most that one course may cost, in euros (0: free only):",
        "fr": "Combien un cours peut-il coûter au plus, en euros (0\xa0: gratuit seulement)\u202f?",
    },
    "certificate": {
        "en": "Do you want a certificate (y/n)?",
        "fr": "Voulez-vous un certificat (o/n)\u202f?",
    },
    "level": {
        "en": "Your level in the topics you want (beginner, intermediate, advanced):",
        "fr": "Votre niveau dans ces sujets (débutant, intermédiaire, avancé)\xa0:",
    },
}

PHRASES: Mapping[str, Words] = {
    "welcome": {
        "en": "Twelve questions, five minutes. Leave an answer empty to skip it; every answer can"
        " be changed in the file afterwards.",
        "fr": "Douze questions, cinq minutes. Une réponse vide passe la question\u202f; tout se"
        " change ensuite dans le fichier.",
    },
    "nothing_said": {
        "en": "nothing to rank for: say at least what your job is or one topic you want",
        "fr": "rien à classer\xa0: dites au moins quel est votre poste ou un sujet voulu",
    },
    "unread": {
        "en": "“{answer}” cannot be read here. Expected: {expected}.",
        "fr": "«\xa0{answer}\xa0» ne se comprend pas ici. Attendu\xa0: {expected}.",
    },
    "left_out": {
        "en": "“{answer}” is taken as an empty answer: the question is left out.",
        "fr": "«\xa0{answer}\xa0» vaut une réponse vide\xa0: la question est passée.",
    },
    "ended": {
        "en": "The answers end before this question, which is left out with those after it:"
        " {question}",
        "fr": "Les réponses s’arrêtent avant cette question\u202f; elle et les suivantes sont"
        " laissées vides\xa0: {question}",
    },
    "joined": {
        "en": "“{topic}” is kept as one topic; for several, put commas between them.",
        "fr": "«\xa0{topic}\xa0» est gardé comme un seul sujet\u202f; pour en dire plusieurs,"
        " séparez-les par des virgules.",
    },
    "stopped": {
        "en": "stopped: no profile is written",
        "fr": "arrêté\xa0: aucun profil n’est écrit",
    },
    "written": {
        "en": "{path} is written. Next: moocscout recommend {path}",
        "fr": "{path} est écrit. Ensuite\xa0: moocscout recommend {path}",
    },
    "clear": {
        "en": "Nothing is unclear in {name}.",
        "fr": "Rien n’est à préciser dans {name}.",
    },
    "read_as": {
        "en": "“{given}” is read as “{title}”.",
        "fr": "«\xa0{given}\xa0» se lit «\xa0{title}\xa0».",
    },
    "taken": {
        "en": "“{title}” is another name of {label}, which is taken.",
        "fr": "«\xa0{title}\xa0» est un autre nom de {label}, le métier pris.",
    },
    "taken_of_several": {
        "en": "“{title}” names several occupations; {label} is taken. For another one, give its own"
        " name: {others}.",
        "fr": "«\xa0{title}\xa0» nomme plusieurs métiers\u202f; celui qui est pris\xa0: {label}."
        " Pour un autre, donnez son nom\xa0: {others}.",
    },
    "without_catalogue": {
        "en": "There is no catalogue at {path}: the topics could not be compared with courses.",
        "fr": "Il n’y a pas de catalogue dans {path}\xa0: les sujets n’ont pas pu être comparés"
        " aux cours.",
    },
    "proposed": {
        "en": "Topics found, with the words that made them:",
        "fr": "Sujets trouvés, avec les mots qui les ont donnés\xa0:",
    },
    "stated": {
        "en": "The text says what the job is: {role}",
        "fr": "Le poste, d’après le texte\xa0: {role}",
    },
    "read": {
        "en": "Languages that the text says are read: {languages}",
        "fr": "Langues lues, d’après le texte\xa0: {languages}",
    },
    "own_words": {"en": "  {topic}", "fr": "  {topic}"},
    "from_words": {"en": "  {topic} (from: {words})", "fr": "  {topic} (de\xa0: {words})"},
    "none_kept": {
        "en": "Nothing is written: no topic is kept.",
        "fr": "Rien n’est écrit\xa0: aucun sujet n’est gardé.",
    },
    "keep": {"en": "Keep “{topic}”? [Y/n]", "fr": "Garder «\xa0{topic}\xa0»\u202f? [O/n]"},
    "confirm": {
        "en": "Nothing is written. To keep them all: the same command with --yes",
        "fr": "Rien n’est écrit. Pour les garder tous\xa0: la même commande avec --yes",
    },
    "no_topic": {
        "en": "no topic is recognised in this text; give a longer one, name topics with commas"
        " between, or answer the questions of `moocscout profile new me.toml`",
        "fr": "aucun sujet n’est reconnu dans ce texte\u202f; donnez-en un plus long, nommez des"
        " sujets séparés par des virgules, ou répondez aux questions de «\xa0moocscout profile"
        " new moi.toml\xa0»",
    },
}

REMARKS: Mapping[str, Words] = {
    "no_topic": {
        "en": "wants names no topic: the ranking has only the words of role and text. Name five"
        " to eight topics.",
        "fr": "wants ne nomme aucun sujet\xa0: le classement n’a que les mots de role et de text."
        " Nommez cinq à huit sujets.",
    },
    "missing.hours_per_week": {
        "en": "hours_per_week is missing: it cannot be said which courses fit into your weeks.",
        "fr": "hours_per_week manque\xa0: impossible de dire quels cours tiennent dans vos"
        " semaines.",
    },
    "missing.weeks_at_most": {
        "en": "weeks_at_most is missing: long courses will not go down.",
        "fr": "weeks_at_most manque\xa0: les cours longs ne descendront pas.",
    },
    "missing.reads": {
        "en": "reads is missing: courses in languages you do not read will not go down.",
        "fr": "reads manque\xa0: les cours dans une langue que vous ne lisez pas ne descendront"
        " pas.",
    },
    "missing.level": {
        "en": "level is missing: introductions and advanced courses count the same.",
        "fr": "level manque\xa0: introductions et cours avancés comptent autant.",
    },
    "twice": {
        "en": "{topics} ({keys}): one topic, said {times} times.",
        "fr": "{topics} ({keys})\xa0: un seul sujet, dit {times} fois.",
    },
    "contradiction": {
        "en": "“{topic}” is both in {key} and in {other_key}: which of the two is meant?",
        "fr": "«\xa0{topic}\xa0» est à la fois dans {key} et dans {other_key}\xa0: lequel des deux"
        " faut-il croire\u202f?",
    },
    "says_nothing": {
        "en": "“{topic}” in {key} has only words that every course says; choose another.",
        "fr": "«\xa0{topic}\xa0» dans {key} n’a que des mots que tous les cours disent\u202f;"
        " choisissez-en d’autres.",
    },
    "too_short": {
        "en": "“{topic}” in {key} is too short to be looked for; write it in full, or with the"
        " word that goes with it. Of single letters only R, in capitals, is read.",
        "fr": "«\xa0{topic}\xa0» dans {key} est trop court pour être cherché\u202f; écrivez-le en"
        " entier, ou avec le mot qui l’accompagne. Des lettres seules, on ne lit que R, en"
        " majuscule.",
    },
    "initials": {
        "en": "“{topic}” in {key} is not among the initials that are read; write the words that"
        " they stand for.",
        "fr": "«\xa0{topic}\xa0» dans {key} n’est pas de ces sigles qu’on lit\u202f; écrivez les"
        " mots qu’il abrège.",
    },
    "no_word": {
        "en": "“{topic}” in {key} has no word in it; name the topic in words.",
        "fr": "«\xa0{topic}\xa0» dans {key} ne contient aucun mot\u202f; nommez le sujet avec des"
        " mots.",
    },
    "nowhere": {
        "en": "no course is about “{topic}” ({key}) as a whole{near}.",
        "fr": "aucun cours ne parle de «\xa0{topic}\xa0» ({key}) en entier{near}.",
    },
    "unavoided": {
        "en": "no course says “{topic}” ({key}): it keeps nothing away. Say it as pages do{near}.",
        "fr": "aucun cours ne dit «\xa0{topic}\xa0» ({key})\xa0: il n’écarte rien. Employez les"
        " mots des pages{near}.",
    },
    "broad": {
        "en": "“{topic}” ({key}) stands in {count} of {courses} courses: too broad to tell them"
        " apart.",
        "fr": "«\xa0{topic}\xa0» ({key}) figure dans {count} cours sur {courses}\xa0: trop large"
        " pour les distinguer.",
    },
    "false_friend": {
        "en": "“{topic}” ({key}) is met in French courses only, where “{other}” means something"
        " else.",
        "fr": "«\xa0{topic}\xa0» ({key}) ne se trouve que dans des cours en anglais, où «\xa0"
        "{other}\xa0» veut dire autre chose.",
    },
    "unbridged": {
        "en": "“{topic}” ({key}) has no French name in our lexicon and no course in French holds"
        " it: French courses on it will be missed.",
        "fr": "«\xa0{topic}\xa0» ({key}) n’a pas de nom anglais dans notre lexique et aucun cours"
        " en anglais ne le contient\xa0: ceux qui en parlent seront manqués.",
    },
    "free_certificate": {
        "en": "budget = 0 and certificate = true: few free courses give a free certificate.",
        "fr": "budget = 0 et certificate = true\xa0: peu de cours gratuits donnent un certificat"
        " gratuit.",
    },
    "few.reads": {
        "en": "reads = {limit} leaves {few} whose language is known.",
        "fr": "reads = {limit} ne laisse {few} dont la langue est connue.",
    },
    "few.hours_per_week": {
        "en": "hours_per_week = {limit} leaves {few} whose hours a week are known.",
        "fr": "hours_per_week = {limit} ne laisse {few} dont les heures par semaine sont connues.",
    },
    "few.weeks_at_most": {
        "en": "weeks_at_most = {limit} leaves {few} whose length is known.",
        "fr": "weeks_at_most = {limit} ne laisse {few} dont la durée est connue.",
    },
    "few.budget": {
        "en": "budget = {limit} leaves {few} whose price is known.",
        "fr": "budget = {limit} ne laisse {few} dont le prix est connu.",
    },
    "few.all": {
        "en": "reads, hours_per_week, weeks_at_most and budget together leave {few}.",
        "fr": "reads, hours_per_week, weeks_at_most et budget ne laissent ensemble {few}.",
    },
    "platform": {
        "en": "no platform in the catalogue is called “{name}”; it has: {known}.",
        "fr": "aucune plateforme du catalogue ne s’appelle «\xa0{name}\xa0»\u202f; il y a\xa0:"
        " {known}.",
    },
}

EXPECTED: Mapping[str, Words] = {
    "language": {"en": "fr or en", "fr": "fr ou en"},
    "reads": {
        "en": "languages by name or code, such as “fr, en” or “French and English”",
        "fr": "des langues par leur nom ou leur code, comme «\xa0fr, en\xa0» ou «\xa0français et"
        " anglais\xa0»",
    },
    "hours_per_week": {
        "en": "hours a week from 0.1 to 168, such as 3, 2.5, “2 h 30”, “two hours” or “2 to 3”;"
        " else “no limit”",
        "fr": "des heures par semaine, de 0,1 à 168, comme 3, 2,5, «\xa02 h 30\xa0»,"
        " «\xa0deux heures\xa0» ou «\xa02 à 3\xa0»\u202f; sinon «\xa0peu importe\xa0»",
    },
    "weeks_at_most": {
        "en": "a number of weeks up to 520 (ten years), such as 6, “4 to 6” or “3 months”; else"
        " “no limit”",
        "fr": "un nombre de semaines, 520 (dix ans) au plus, comme 6, «\xa04 à 6\xa0» ou «\xa03"
        " mois\xa0»\u202f; sinon «\xa0peu importe\xa0»",
    },
    "budget": {
        "en": "an amount in euros up to 1,000,000, such as 80, “49.90 €”, “a hundred euros” or"
        " “free” (0: free only); else “no limit”",
        "fr": "un montant en euros, 1\u202f000\u202f000 au plus, comme 80, «\xa049,90\xa0€\xa0»,"
        " «\xa0cent euros\xa0» ou «\xa0gratuit\xa0» (0\xa0: gratuit seulement)\u202f; sinon"
        " «\xa0peu importe\xa0»",
    },
    "certificate": {"en": "y or n (yes, no)", "fr": "o ou n (oui, non)"},
    "level": {
        "en": "beginner, intermediate or advanced",
        "fr": "débutant, intermédiaire ou avancé",
    },
}
"""What an answer that could not be read should have been."""

FEW: Mapping[str, Words] = {
    "none": {"en": "none of the {courses} courses", "fr": "aucun des {courses} cours"},
    "one": {"en": "only 1 of the {courses} courses", "fr": "qu’un seul cours sur les {courses}"},
    "some": {
        "en": "only {count} of the {courses} courses",
        "fr": "que {count} cours sur les {courses}",
    },
}
MORE: Words = {"en": " and {count} more", "fr": " et {count} autres"}
NAMED = 10
"""Topics that a remark names."""
NEAR: Words = {"en": "; near: {words}", "fr": "\u202f; proche\xa0: {words}"}


def phrase(lang: str, name: str, /, **values: Any) -> str:
    """A phrase with its blanks filled in."""
    return PHRASES[name][lang].format(**values)


def unread(lang: str, key: str, answer: str) -> str:
    """An answer cannot be read, and what was expected instead."""
    return phrase(lang, "unread", answer=answer, expected=EXPECTED[key][lang])


def taken(lang: str, title: str, label: str, others: Iterable[str]) -> str:
    """Which occupation was taken for a title that is not its own, and which others bear it."""
    named = ", ".join(others)
    rule = "taken_of_several" if named else "taken"
    return phrase(lang, rule, title=title, label=label, others=named)


def remark(lang: str, rule: str, values: Mapping[str, Any]) -> str:
    """A remark's sentence."""
    near, said = values.get("near"), values.get("topics", ())
    counts = {name: _grouped(lang, values[name]) for name in ("count", "courses") if name in values}
    few = {0: "none", 1: "one"}.get(values.get("count", 0), "some")
    shown = {
        "near": NEAR[lang].format(words=", ".join(near)) if near else "",
        "topics": _named(lang, said),
        "times": len(said),
        "limit": _limit(lang, values.get("limit", "")),
        "few": FEW[few][lang].format(**counts) if counts else "",
    }
    return REMARKS[rule][lang].format(**{**values, **shown, **counts})


def _named(lang: str, said: Sequence[str]) -> str:
    """Topics in quotation marks, and how many more there are."""
    shown = ", ".join(quoted(lang, topic) for topic in said[:NAMED])
    return shown + (MORE[lang].format(count=len(said) - NAMED) if len(said) > NAMED else "")


def _grouped(lang: str, count: int) -> str:
    """ "35,074"; in French "35 074", whose blank is narrow."""
    return f"{count:,}".replace(",", "\u202f") if lang == "fr" else f"{count:,}"


def _limit(lang: str, limit: Any) -> str:
    """A limit's value: languages, or a figure."""
    return number(lang, limit, 2) if isinstance(limit, float) else ", ".join(limit)
