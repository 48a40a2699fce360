"""The rule of every signal in words, in French and in English, with the code's own figures."""

from __future__ import annotations

import re

from recommend.signals.money import CHEAP, DEAR
from recommend.signals.quality import PRIOR
from recommend.signals.topic import AMPLE

_SAID: dict[str, tuple[str, str]] = {
    "focus": (
        "Des souhaits qu’un cours ne fait qu’effleurer, seul compte celui qui rapporte le plus.",
        "Of wishes that a course only touches on, the one that gives most counts.",
    ),
    "wishes": (
        (
            "Les souhaits dont le cours parle en toutes lettres, dans une langue ou l’autre\u00a0:"
            " un +4, plusieurs +8\u202f; la moitié si ni le titre ni une compétence n’en nomme."
        ),
        (
            "The wishes that the course speaks of in full, in either language: one +4, more +8;"
            " half where neither title nor skills name one."
        ),
    ),
    "substance": (
        (
            "Une page de moins de {ample} mots parlants\u00a0: son texte compte un peu moins,"
            " d’autant moins qu’elle dit peu."
        ),
        (
            "A page of fewer than {ample} telling words: its text counts a little less, the less"
            " the less it says."
        ),
    ),
    "hours": (
        (
            "Les heures par semaine face aux vôtres\u00a0: +5 si elles tiennent, jusqu’à -8 au"
            " double. Un cours de moins d’une semaine n’en a pas\u00a0: voir le temps total."
        ),
        (
            "Hours a week against yours: +5 when they fit, down to -8 at twice as many. A course"
            " shorter than a week has none: see the total time."
        ),
    ),
    "weeks": (
        (
            "Les semaines à votre rythme face au plus long que vous acceptez\u00a0: +3, jusqu’à"
            " -6 au double. D’une fourchette, le milieu."
        ),
        (
            "Weeks at your pace against the longest that you accept: +3, down to -6 at twice. Of a"
            " range, its middle."
        ),
    ),
    "total": (
        (
            "Toutes les heures du cours face à toutes les vôtres (heures par semaine ×"
            " semaines)\u00a0: +0.5, jusqu’à -2 au double."
        ),
        (
            "All hours of the course against all of yours (hours a week × weeks): +0.5, down to"
            " -2 at twice."
        ),
    ),
    "price": (
        (
            "Ce que coûte le cours face à votre budget\u00a0: gratuit +4, dans le budget de +3"
            " à +1, au-delà jusqu’à -8."
        ),
        (
            "What following the course costs against your budget: free +4, within it +3 to +1,"
            " beyond it down to -8."
        ),
    ),
    "hourly": (
        (
            "Le prix de l’heure, certificat à part\u00a0: +1 jusqu’à {cheap}\u00a0€, 0 à"
            " {dear}\u00a0€, jusqu’à -3."
        ),
        "Price of an hour, the certificate apart: +1 up to €{cheap}, 0 at €{dear}, down to -3.",
    ),
    "certificate": (
        (
            "Le certificat, si vous en souhaitez un\u00a0: gratuit +3, payant dans le budget"
            " +1, absent -3."
        ),
        "The certificate, where you want one: free +3, paid within the budget +1, none -3.",
    ),
    "open": (
        ("Peut-on s’inscrire ce jour-là\u202f? Ouvert +5, ouvre plus tard +1, terminé jusqu’à -6."),
        "Can one enrol on the day? Open now +5, opens later +1, over down to -6.",
    ),
    "language": (
        (
            "La langue du cours parmi celles que vous lisez\u00a0: la première +4, une autre"
            " +2, aucune -40."
        ),
        ("The course’s language among those you read: the first +4, another +2, none of them -40."),
    ),
    "level": (
        "Le niveau du cours face au vôtre\u00a0: le même +3, un cran d’écart -1, deux -4.",
        "The course’s level against yours: the same +3, one step off -1, two -4.",
    ),
    "introduction": (
        "Un titre qui ne fait que débuter, pour quelqu’un d’expérience\u00a0: -4.",
        "A title that only begins, for a person with experience: -4.",
    ),
    "known": (
        "Un titre sur ce que vous maîtrisez\u00a0: -8 s’il y introduit, sinon -3.",
        "A title on what you know: -8 when it introduces it, else -3.",
    ),
    "novelty": (
        (
            "Ce que le cours contient de votre domaine et que vous ne savez pas encore\u00a0:"
            " tout +2, rien -2."
        ),
        "What the course holds of your field that you do not know yet: all of it +2, none -2.",
    ),
    "rising": (
        (
            "Un titre ou une compétence qui nomme un souhait dont parlent de plus en plus de cours"
            " (en douze semaines, au moins trois de plus, et un quart de ce qu’il y avait)\u00a0:"
            " +1."
        ),
        (
            "A title or skill on a wish that more and more courses speak of (in twelve weeks three"
            " more at least, and a quarter of those before): +1."
        ),
    ),
    "avoid": (
        (
            "Un sujet que vous évitez\u00a0: -10 dans le titre, -4 dans les compétences, -1 où la"
            " description le mentionne."
        ),
        (
            "A topic that you avoid: -10 in the title, -4 in the skills, -1 where the description"
            " mentions it."
        ),
    ),
    "platform": (
        "Est-il sur une plateforme que vous pouvez utiliser\u202f? Sinon -10.",
        "Is it on a platform that you can use? -10 where it is not.",
    ),
    "audience": (
        (
            "À qui le cours s’adresse\u00a0: comme demandé +2, à d’autres -5\u202f; un cours"
            " public convient à tous."
        ),
        "Whom the course is for: as asked +2, others -5; public courses suit everybody.",
    ),
    "provider": (
        "Le type d’établissement parmi ceux que vous souhaitez\u00a0: +2, un autre -2.",
        "The kind of provider among those you wish for: +2, another kind -2.",
    ),
    "approach": (
        (
            "La pratique face à la théorie, si vous avez un souhait\u00a0: tout à fait +4, pas"
            " du tout -4."
        ),
        "Practice against theory, where you wish for one: all of it +4, none -4.",
    ),
    "exercises": (
        (
            "Fait-on avant qu’on vous explique\u202f? +2 si vous souhaitez pratiquer et que la"
            " page le dit."
        ),
        "Does one do before one is told? +2 where you wish for practice and the page says so.",
    ),
    "tone": (
        (
            "De l’universitaire au promotionnel\u00a0: comme souhaité +2, l’inverse -2\u202f;"
            " sans souhait, les extrêmes perdent jusqu’à -2."
        ),
        (
            "From academic to promotional: as wished +2, the opposite -2; not asked, extremes"
            " lose down to -2."
        ),
    ),
    "rating": (
        (
            "Les étoiles, ramenées vers {prior} quand peu de gens ont voté\u00a0: 4 points par"
            " étoile à partir de là, de +2 à -3."
        ),
        (
            "Stars, drawn towards {prior} the fewer people have voted: 4 points a star from"
            " there, +2 to -3."
        ),
    ),
    "freshness": (
        (
            "Les années depuis que la page a changé, ou sinon depuis la dernière session\u00a0:"
            " +1, jusqu’à -2 après trois ans."
        ),
        (
            "Years since the page changed, or else since the last session began: +1, after"
            " three down to -2."
        ),
    ),
    "completeness": (
        "Combien la page précise des faits que l’on attend\u00a0: tous +0.3, aucun 0.",
        "How many of the facts that a page should state it does: all +0.3, none 0.",
    ),
}


def rule(name: str, lang: str) -> str:
    """The rule of a signal, its figures written as the language writes them."""
    said = _SAID[name][lang != "fr"].format(
        cheap=f"{CHEAP:g}", dear=f"{DEAR:g}", prior=f"{PRIOR:g}", ample=AMPLE
    )
    signed = re.sub(r"(?<= )-(?=\d)", "\u2212", said)
    return re.sub(r"(?<=\d)\.(?=\d)", ",", signed) if lang == "fr" else signed
