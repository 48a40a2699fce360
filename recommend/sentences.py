"""What each part of a score is called, and the sentence of each rule, in French and English.

Blanks are filled by `wording.sentence`; what stands in brackets is left out where unknown, and of
`<count:rating|ratings>` the form stands that the number takes.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

LABELS: Mapping[str, Words] = {
    "text": {"en": "text", "fr": "texte"},
    "focus": {"en": "focus", "fr": "sujet central"},
    "wishes": {"en": "your wishes", "fr": "vos souhaits"},
    "substance": {"en": "what the page says", "fr": "ce que dit la page"},
    "hours": {"en": "hours a week", "fr": "heures par semaine"},
    "weeks": {"en": "duration", "fr": "durée"},
    "price": {"en": "price", "fr": "prix"},
    "certificate": {"en": "certificate", "fr": "certificat"},
    "open": {"en": "enrolment", "fr": "inscription"},
    "language": {"en": "language", "fr": "langue"},
    "level": {"en": "level", "fr": "niveau"},
    "known": {"en": "already known", "fr": "déjà connu"},
    "avoid": {"en": "not wanted", "fr": "non souhaité"},
    "platform": {"en": "platform", "fr": "plateforme"},
    "audience": {"en": "audience", "fr": "public visé"},
    "total": {"en": "total time", "fr": "temps total"},
    "hourly": {"en": "price per hour", "fr": "prix de l’heure"},
    "introduction": {"en": "introduction", "fr": "introduction"},
    "novelty": {"en": "new to you", "fr": "nouveauté"},
    "rising": {"en": "on the rise", "fr": "sujet qui monte"},
    "provider": {"en": "kind of provider", "fr": "type d’organisme"},
    "approach": {"en": "practice and theory", "fr": "pratique et théorie"},
    "exercises": {"en": "exercises first", "fr": "exercices d’abord"},
    "tone": {"en": "tone", "fr": "ton"},
    "rating": {"en": "rating", "fr": "avis"},
    "freshness": {"en": "freshness", "fr": "fraîcheur"},
    "completeness": {"en": "completeness", "fr": "complétude"},
}

LACKING: Mapping[str, Words] = {
    "billing": {"en": "billing period", "fr": "période de facturation"},
    "currency": {"en": "currency", "fr": "devise"},
    "euros": {"en": "price in euros", "fr": "prix en euros"},
}
"""What is not stated of a price that is."""

_BEYOND: Words = {
    "en": "[: past the session's end, {ends_day}]",
    "fr": "[\xa0: au-delà de la fin de la session, le {ends_day}]",
}

SENTENCES: Mapping[str, Words] = {
    "hours.fit": {
        "en": "{hours} a week, within your {mine_hours}[: done by {day}]" + _BEYOND["en"],
        "fr": "{hours} par semaine, dans votre limite de {mine_hours}[\xa0: fini le {day}]"
        + _BEYOND["fr"],
    },
    "hours.more": {
        "en": "{hours} a week, you have {mine_hours}",
        "fr": "{hours} par semaine, vous en avez {mine_hours}",
    },
    "hours.more_own_pace": {
        "en": "{hours} a week, but at your own pace[: done by {day}][ at {pace_hours} a week]"
        + _BEYOND["en"],
        "fr": "{hours} par semaine, mais à votre rythme[\xa0: fini le {day}][ à raison de"
        " {pace_hours} par semaine]" + _BEYOND["fr"],
    },
    "hours.own_pace": {
        "en": "{effort} in all at your own pace[: done by {day}][ at {pace_hours} a week]"
        + _BEYOND["en"],
        "fr": "{effort} en tout, à votre rythme[\xa0: fini le {day}][ à raison de"
        " {pace_hours} par semaine]" + _BEYOND["fr"],
    },
    "weeks.fit": {
        "en": "{length}, within your {most_weeks}",
        "fr": "{length}, dans votre limite de {most_weeks}",
    },
    "weeks.fit_own": {
        "en": "{length} at your {mine_hours} a week, within your {most_weeks}",
        "fr": "{length} à raison de {mine_hours} par semaine, dans votre limite de {most_weeks}",
    },
    "weeks.fit_one": {
        "en": "a week at most at your {mine_hours} a week, within your {most_weeks}",
        "fr": "une semaine au plus à raison de {mine_hours} par semaine, dans votre limite de"
        " {most_weeks}",
    },
    "weeks.more": {
        "en": "{length}, more than your {most_weeks}",
        "fr": "{length}, plus que votre limite de {most_weeks}",
    },
    "weeks.more_own": {
        "en": "{length} at your {mine_hours} a week, more than your {most_weeks}",
        "fr": "{length} à raison de {mine_hours} par semaine, plus que votre limite de"
        " {most_weeks}",
    },
    "weeks.may": {
        "en": "{length}, perhaps more than your {most_weeks}",
        "fr": "{length}, peut-être plus que votre limite de {most_weeks}",
    },
    "weeks.may_own": {
        "en": "{length} at your {mine_hours} a week, perhaps more than your {most_weeks}",
        "fr": "{length} à raison de {mine_hours} par semaine, peut-être plus que votre limite de"
        " {most_weeks}",
    },
    "price.free": {"en": "free to follow", "fr": "gratuit à suivre"},
    "price.limited": {
        "en": "free with limits",
        "fr": "gratuit avec limites",
    },
    "price.within": {
        "en": "[{stated_money}][about {rated_money} (rate of {rate_day})], within your"
        " {budget_money}",
        "fr": "[{stated_money}][environ {rated_money} (taux du {rate_day})], dans votre budget"
        " de {budget_money}",
    },
    "price.over": {
        "en": "[{stated_money}][about {rated_money} (rate of {rate_day})], over your"
        " {budget_money}",
        "fr": "[{stated_money}][environ {rated_money} (taux du {rate_day})], au-dessus de votre"
        " budget de {budget_money}",
    },
    "price.within_monthly": {
        "en": "about {money}[ (rate of {rate_day})] over the months you need, within your"
        " {budget_money}",
        "fr": "environ {money}[ (taux du {rate_day})] pour les mois qu’il vous faut, dans votre"
        " budget de {budget_money}",
    },
    "price.over_monthly": {
        "en": "about {money}[ (rate of {rate_day})] over the months you need, over your"
        " {budget_money}",
        "fr": "environ {money}[ (taux du {rate_day})] pour les mois qu’il vous faut, au-dessus de"
        " votre budget de {budget_money}",
    },
    "certificate.free": {"en": "free certificate", "fr": "certificat gratuit"},
    "certificate.paid": {
        "en": "certificate for [{stated_money}][about {rated_money} (rate of {rate_day})]",
        "fr": "certificat pour [{stated_money}][environ {rated_money} (taux du {rate_day})]",
    },
    "certificate.paid_unpriced": {
        "en": "certificate to be paid, price not stated",
        "fr": "certificat payant, prix non indiqué",
    },
    "certificate.over": {
        "en": "certificate for [{stated_money}][about {rated_money} (rate of {rate_day})], over"
        " your budget",
        "fr": "certificat pour [{stated_money}][environ {rated_money} (taux du {rate_day})],"
        " au-dessus de votre budget",
    },
    "certificate.subscription": {
        "en": "certificate with a subscription",
        "fr": "certificat avec un abonnement",
    },
    "certificate.none": {"en": "no certificate", "fr": "pas de certificat"},
    "open.closing": {
        "en": "open, closes in {left}: {closes_day}[, starts {begins_day}]",
        "fr": "ouvert, ferme dans {left}\xa0: le {closes_day}[, commence le {begins_day}]",
    },
    "open.until": {
        "en": "open until {closes_day}[, starts {begins_day}]",
        "fr": "ouvert jusqu’au {closes_day}[, commence le {begins_day}]",
    },
    "open.ongoing-open": {
        "en": "open now, already running",
        "fr": "ouvert, a déjà commencé",
    },
    "open.future-open": {
        "en": "open now, starts {starts_day}",
        "fr": "ouvert, commence le {starts_day}",
    },
    "open.archived-open": {
        "en": "session over, open for self-study",
        "fr": "session terminée, ouverte en libre accès",
    },
    "open.future-not-yet-open": {
        "en": "enrolment opens {opens_day}[, starts {begins_day}]",
        "fr": "inscription à partir du {opens_day}[, commence le {begins_day}]",
    },
    "open.unstated": {
        "en": "session from[ {since_day}][ {starts_day} to {ends_day}], enrolment not stated",
        "fr": "session[ à partir du {since_day}][ du {starts_day} au {ends_day}], inscription non"
        " indiquée",
    },
    "open.unclear": {
        "en": "[session from {since_day}, ][session from {starts_day} to {ends_day}, ]enrolment"
        "[ from {opens_day}][ until {closes_day}]",
        "fr": "[session à partir du {since_day}, ][session du {starts_day} au {ends_day},"
        " ]inscription[ à partir du {opens_day}][ jusqu’au {closes_day}]",
    },
    "open.to-be-scheduled": {"en": "no date announced", "fr": "pas de date annoncée"},
    "open.future-closed": {
        "en": "enrolment closed, starts {starts_day}",
        "fr": "inscription close, commence le {starts_day}",
    },
    "open.ongoing-closed": {
        "en": "enrolment closed[ since {closes_day}]",
        "fr": "inscription close[ depuis le {closes_day}]",
    },
    "open.archived": {"en": "session over", "fr": "session terminée"},
    "language.read": {"en": "in {taught_languages}", "fr": "en {taught_languages}"},
    "language.subtitles": {
        "en": "in {taught_languages}, subtitles in {language}",
        "fr": "en {taught_languages}, sous-titres en {language}",
    },
    "language.unread": {
        "en": "in {taught_languages}, which you do not read",
        "fr": "en {taught_languages}, que vous ne lisez pas",
    },
    "level.same": {"en": "{level}, as you asked", "fr": "{level}, comme demandé"},
    "level.below": {
        "en": "{level}, below your {mine_level}",
        "fr": "{level}, en dessous de votre niveau {mine_level}",
    },
    "level.above": {
        "en": "{level}, above your {mine_level}",
        "fr": "{level}, au-dessus de votre niveau {mine_level}",
    },
    "level.mixed": {"en": "for mixed levels", "fr": "pour tous niveaux"},
    "known.introduction": {
        "en": "an introduction to {topic}, which you know",
        "fr": "une introduction à {topic}, que vous maîtrisez",
    },
    "known.topic": {
        "en": "about {topic}, which you know",
        "fr": "sur {topic}, que vous maîtrisez",
    },
    "avoid.named": {
        "en": "about {topic}, which you avoid",
        "fr": "sur {topic}, que vous écartez",
    },
    "avoid.mentioned": {
        "en": "mentions {topic}, which you avoid",
        "fr": "mentionne {topic}, que vous écartez",
    },
    "platform.other": {
        "en": "not on a platform you named",
        "fr": "hors des plateformes que vous avez nommées",
    },
    "audience.same": {"en": "made for the audience asked", "fr": "fait pour le public demandé"},
    "audience.other": {
        "en": "made for another audience",
        "fr": "fait pour un autre public",
    },
    "focus.spread": {
        "en": "has words of {wishes_count} wishes, but names none in its title or skills",
        "fr": "a des mots de {wishes_count} souhaits, mais n’en nomme aucun dans son titre ni ses"
        " compétences",
    },
    "wishes.one": {"en": "speaks of {wishes_topics}", "fr": "parle de {wishes_topics}"},
    "wishes.more": {
        "en": "speaks of {wishes_count} of your wishes: {wishes_topics}",
        "fr": "parle de {wishes_count} de vos souhaits\xa0: {wishes_topics}",
    },
    "substance.thin": {
        "en": "the page says little: {words_count} telling <words_count:word|words>",
        "fr": "la page dit peu\xa0: {words_count} <words_count:mot parlant|mots parlants>",
    },
    "total.fit": {
        "en": "{effort} in all, of the {held_hours} that you have",
        "fr": "{effort} en tout, pour {held_hours} dont vous disposez",
    },
    "total.more": {
        "en": "{effort} in all, you have {held_hours}",
        "fr": "{effort} en tout, vous en avez {held_hours}",
    },
    "total.may": {
        "en": "{effort} in all, perhaps more than the {held_hours} that you have",
        "fr": "{effort} en tout, peut-être plus que les {held_hours} dont vous disposez",
    },
    "hourly.each": {
        "en": "about {each_money} an hour, certificate apart[ (rate of {rate_day})]",
        "fr": "environ {each_money} de l’heure, certificat à part[ (taux du {rate_day})]",
    },
    "introduction.level": {
        "en": "an introduction, and your level is advanced",
        "fr": "une introduction (votre niveau\xa0: avancé)",
    },
    "introduction.role": {
        "en": "an introduction, and your post calls for experience",
        "fr": "une introduction, alors que votre poste suppose de l’expérience",
    },
    "introduction.text": {
        "en": "an introduction, and you have years of experience",
        "fr": "une introduction, alors que vous avez des années d’expérience",
    },
    "novelty.share": {
        "en": "{new_share} new to you[; you know {said_topic}]",
        "fr": "{new_share} de nouveau pour vous[\u202f; vous connaissez {said_topic}]",
    },
    "rising.topic": {
        "en": "more and more courses on {topic}: {before_count}, then {now_count} in twelve weeks",
        "fr": "de plus en plus de cours sur {topic}\xa0: {before_count}, puis {now_count} en douze"
        " semaines",
    },
    "provider.wished": {
        "en": "from a {kind}, as you wish",
        "fr": "organisme\xa0: {kind}, comme souhaité",
    },
    "provider.other": {
        "en": "from a {kind}, not what you wish",
        "fr": "organisme\xa0: {kind}, autre que souhaité",
    },
    "approach.shares": {
        "en": "practice {practice_share}, fundamentals {theory_share}",
        "fr": "pratique {practice_share}, fondamentaux {theory_share}",
    },
    "exercises.first": {"en": "exercises come first", "fr": "les exercices viennent d’abord"},
    "tone.academic": {"en": "speaks as a university", "fr": "parle comme une université"},
    "tone.promotional": {
        "en": "speaks as an advertisement[ ({marks_count} exclamation <marks_count:mark|marks>)]",
        "fr": "parle comme une publicité[ ({marks_count} <marks_count:point|points>"
        " d’exclamation)]",
    },
    "tone.neither": {
        "en": "neither academic nor promotional",
        "fr": "ni universitaire ni publicitaire",
    },
    "rating.shrunk": {
        "en": "{stars} from {count} <count:rating|ratings>[, counted as {shrunk_stars}], against"
        " {mean_figure} on average",
        "fr": "{stars} pour {count} avis[, <count:compté|comptés> {shrunk_stars}], contre"
        " {mean_figure} en moyenne",
    },
    "rating.uncounted": {
        "en": "{stars}, by nobody knows how many",
        "fr": "{stars}, sans dire de combien de personnes",
    },
    "freshness.updated": {
        "en": "page last changed {known_day}",
        "fr": "page modifiée le {known_day}",
    },
    "freshness.session": {
        "en": "last session began {known_day}",
        "fr": "dernière session commencée le {known_day}",
    },
    "freshness.coming": {
        "en": "next session begins {known_day}",
        "fr": "prochaine session le {known_day}",
    },
    "completeness.stated": {
        "en": "{stated_count} of {all_count} <all_count:fact|facts> stated",
        "fr": "{stated_count} <stated_count:fait indiqué|faits indiqués> sur {all_count}",
    },
}
