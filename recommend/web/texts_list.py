"""Words of the shortlist, its form, the question why not, the comparison and the memo."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # The profile as a form
    "edit_profile": ("Modifier mon profil", "Change my profile"),
    "your_profile": ("Votre profil", "Your profile"),
    "own_profile": ("Votre propre profil", "A profile of your own"),
    "own_profile_hint": (
        "Partez d’une page blanche\u00a0: dites ce que vous cherchez, et combien de temps.",
        "Start from a blank page: say what you look for, and how much time you have.",
    ),
    "p_wants": ("Je cherche", "I look for"),
    "p_curious": ("Pourquoi pas", "Perhaps"),
    "p_knows": ("Je maîtrise déjà", "I know already"),
    "p_avoid": ("J’évite", "I avoid"),
    "p_tags_hint": ("Des sujets, séparés par des virgules.", "Topics, separated by commas."),
    "p_role": ("Mon métier", "My job"),
    "p_text": ("Mon travail, en quelques phrases", "My work, in a few sentences"),
    "p_text_hint": (
        "Ce que vous écrivez sera dans l’adresse de la page\u00a0: qui la reçoit peut le lire.",
        "What you write will be in the page’s address: whoever gets it can read it.",
    ),
    "p_hours": ("Heures par semaine", "Hours a week"),
    "p_weeks": ("Semaines au plus", "Weeks at most"),
    "p_budget": ("Budget, en euros", "Budget, in euros"),
    "p_level": ("Mon niveau", "My level"),
    "p_reads": ("Je lis", "I read"),
    "p_platforms": ("Plateformes", "Platforms"),
    "p_platforms_hint": ("Rien de coché\u00a0: toutes.", "None ticked: all of them."),
    "p_certificate": ("Certificat", "Certificate"),
    "p_approach": ("Approche", "Approach"),
    "p_tone": ("Ton", "Tone"),
    "p_provider_kinds": ("Types d’établissement", "Kinds of provider"),
    "v_practice": ("pratique", "practice"),
    "v_theory": ("théorie", "theory"),
    "v_both": ("les deux", "both"),
    "v_academic": ("universitaire", "academic"),
    "v_balanced": ("équilibré", "balanced"),
    "v_promotional": ("promotionnel", "promotional"),
    "p_any": ("peu importe", "no matter"),
    "p_yes": ("souhaité", "wanted"),
    "p_no": ("inutile", "not needed"),
    "p_more": ("Tous mes critères", "All my criteria"),
    "p_weights": ("Ce qui compte", "What counts"),
    "p_weights_hint": (
        "Combien de fois chaque raison compte dans le score.",
        "How many times each reason counts in the score.",
    ),
    "p_times": ("× {n}", "× {n}"),
    "p_top": ("Nombre de cours", "How many courses"),
    "p_go": ("Classer de nouveau", "Rank again"),
    "p_reset": ("Revenir au profil d’origine", "Back to the original profile"),
    "p_shared": (
        "L’adresse de cette page contient tout votre profil\u00a0: gardez-la, partagez-la.",
        "This page’s address holds your whole profile: keep it, share it.",
    ),
    "take_away": ("Emporter cette sélection", "Take this list with you"),
    "take_digest": ("Ses nouveautés, page ou flux Atom", "Its news, a page or an Atom feed"),
    "take_embed": ("La liste à intégrer dans une page", "The list, to put into a page"),
    "take_json": ("La liste en JSON", "The list as JSON"),
    "more_reasons": ("{n} autres raisons", "{n} more reasons"),
    "adds": ("Ce qu’il ajoute", "What it adds"),
    "loose": ("Peu de rapport avec vos souhaits", "Little to do with your wishes"),
    # What moved
    "moved_up": ("gagne {n}", "up {n}"),
    "moved_down": ("perd {n}", "down {n}"),
    "moved_new": ("nouveau", "new"),
    "moved_hint": (
        "Les flèches comparent avec le profil d’origine.",
        "The arrows compare with the original profile.",
    ),
    "moved_none": (
        "Vos changements ne déplacent aucun cours\u00a0: l’ordre reste celui du profil d’origine.",
        "Your changes move no course: the order is still that of the original profile.",
    ),
    "moved_left": ("Sortis de la liste", "Out of the list"),
    "was_at": ("{n}ᵉ auparavant", "was number {n}"),
    "was_first": ("1ᵉʳ auparavant", "was number 1"),
    # Empty and impossible profiles
    "empty_title": ("Que cherchez-vous\u202f?", "What do you look for?"),
    "empty_said": (
        (
            "Ce profil ne dit encore rien à chercher. Écrivez un ou deux sujets, ou prenez-en un"
            " que le catalogue connaît bien\u00a0:"
        ),
        (
            "This profile does not say what to look for yet. Write a topic or two, or take one"
            " that the catalogue knows well:"
        ),
    ),
    "nothing_title": ("Aucun cours ne parle de cela", "No course speaks of this"),
    "nothing_said": (
        (
            "Aucun cours du catalogue ne contient ces mots\u00a0: {words}. Essayez un sujet"
            " voisin\u00a0:"
        ),
        "No course of the catalogue holds these words: {words}. Try a topic beside it:",
    ),
    "way_none": ("Aucun de ces cours", "None of these courses"),
    "way_none_known": (
        "Parmi ces cours, aucun des {known} qui le précisent",
        "Of these courses, none of the {known} that say so",
    ),
    "way_hours": (
        "{none} ne demande {mine} par semaine ou moins\u00a0: le plus léger en demande {least}.",
        "{none} asks {mine} a week or less: the lightest asks {least}.",
    ),
    "way_hours_go": ("Passer à {least} par semaine", "Take {least} a week"),
    "way_weeks": (
        "{none} ne tient en {mine}\u00a0: le plus court en prend {least}.",
        "{none} fits into {mine}: the shortest takes {least}.",
    ),
    "way_weeks_go": ("Accepter {least}", "Accept {least}"),
    "way_price": (
        "{none} ne tient dans {mine}\u00a0: le moins cher revient à {least}.",
        "{none} stays within {mine}: the cheapest comes to {least}.",
    ),
    "way_price_go": ("Porter le budget à {least}", "Raise the budget to {least}"),
    "way_language": (
        "Aucun de ces cours n’est dans une langue que vous lisez.",
        "None of these courses is in a language that you read.",
    ),
    "way_language_go": ("Accepter le français et l’anglais", "Accept French and English"),
    "way_platform": (
        "Aucun de ces cours n’est sur les plateformes choisies.",
        "None of these courses is on the platforms chosen.",
    ),
    "way_platform_go": ("Prendre toutes les plateformes", "Take every platform"),
    # Why not
    "whynot": ("Pourquoi pas ce cours\u202f?", "Why not this course?"),
    "whynot_label": (
        "Son titre, son adresse ou quelques mots",
        "Its title, address or a few words",
    ),
    "whynot_go": ("Expliquer", "Explain"),
    "whynot_which": ("Lequel\u202f?", "Which one?"),
    "whynot_unknown": (
        "Aucun cours du catalogue ne répond à «\u00a0{q}\u00a0».",
        "No course of the catalogue answers to “{q}”.",
    ),
    "whynot_gone": (
        "La plateforme ne le propose plus depuis le {day}\u00a0: il n’est pas classé.",
        "The platform no longer lists it since {day}: it is not ranked.",
    ),
    "whynot_at": ("n°\u00a0{n} de la liste", "no. {n} in the list"),
    "whynot_compared": ("Face au n°\u00a0{n} de la liste", "Against no. {n} in the list"),
    "whynot_down": ("Ce qui le fait reculer", "What pushes it down"),
    "whynot_missing": (
        "Sa page n’a aucun mot de\u00a0: {topics}.",
        "Its page has no word of: {topics}.",
    ),
    "whynot_no_change": (
        (
            "Aucun des changements essayés, de limites et de préférences une à une, ne le fait"
            " entrer dans la liste\u202f; d’autres souhaits le pourraient."
        ),
        (
            "None of the changes tried, of limits and choices one at a time, brings it into the"
            " list; other wishes might."
        ),
    ),
    "whynot_change": ("Il serait", "It would be"),
    # Compare
    "compare": ("Comparer", "Compare"),
    "compare_tick": ("Comparer ce cours", "Compare this course"),
    "compare_go": ("Comparer les cours cochés", "Compare the ticked courses"),
    "compare_title": ("Comparer des cours", "Compare courses"),
    "compare_hint": ("Cochez-en de deux à quatre.", "Tick two to four."),
    "compare_none": (
        (
            "Choisissez de deux à quatre cours\u00a0: cochez «\u00a0Comparer\u00a0» dans une"
            " sélection, ou ajoutez-en un ici."
        ),
        "Choose two to four courses: tick “Compare” in a shortlist, or add one here.",
    ),
    "compare_add": ("Ajouter un cours", "Add a course"),
    "compare_add_go": ("Ajouter", "Add"),
    "compare_remove": ("Retirer", "Remove"),
    "compare_missing": ("Introuvable\u00a0: {names}.", "Not found: {names}."),
    "compare_first": (
        "Quatre cours au plus\u00a0: voici les quatre premiers.",
        "Four courses at most: here are the first four.",
    ),
    "compare_differ": ("Ce qui les distingue", "What sets them apart"),
    "compare_alike": ("Ce qu’ils ont en commun", "What they share"),
    "compare_unknown": ("Aucun ne précise\u00a0: {facts}.", "None of them states: {facts}."),
    "compare_best": ("meilleure valeur", "best"),
    "c_platform": ("Plateforme", "Platform"),
    "c_skills": ("Compétences", "Skills"),
    "c_checked": ("Vérifié", "Checked"),
    # Memo
    "memo": ("Demande de formation", "Training request"),
    "memo_link": ("Mémo d’une page pour votre responsable", "One-page memo for your manager"),
    "memo_for": ("Pour", "For"),
    "memo_from": ("De la part de", "From"),
    "memo_date": ("Le {day}", "{day}"),
    "memo_ask": (
        (
            "Je souhaite suivre l’un de ces cours en ligne. Voici pourquoi, en combien de temps et"
            " à quel prix."
        ),
        (
            "I would like to take one of these online courses. Here is why, in how long and at"
            " what cost."
        ),
    ),
    "memo_ask_one": (
        "Je souhaite suivre ce cours en ligne. Voici pourquoi, en combien de temps et à quel prix.",
        "I would like to take this online course. Here is why, in how long and at what cost.",
    ),
    "memo_none": (
        (
            "Aucun cours de ma sélection n’est à demander aujourd’hui\u00a0: on ne peut plus les"
            " suivre, ou ils ont peu de rapport avec mes objectifs."
        ),
        (
            "No course of my shortlist is worth asking for today: they cannot be taken any more,"
            " or have little to do with my aims."
        ),
    ),
    "memo_left_out": (
        (
            "Cours de la sélection laissés de côté, car on ne peut plus les suivre ou ils ont peu"
            " de rapport avec vos souhaits\u00a0: {n}."
        ),
        (
            "Courses of the shortlist left out, as they cannot be taken any more or have little"
            " to do with your wishes: {n}."
        ),
    ),
    "memo_but": ("Mais", "But"),
    "memo_words": ("on y trouve les mots\u00a0: {words}", "its page has the words: {words}"),
    "memo_cheaper": (
        "Le même cours sur {platform}\u00a0: {facts}",
        "The same course on {platform}: {facts}",
    ),
    "memo_role": ("Poste", "Role"),
    "memo_wants": ("Objectifs", "Aims"),
    "memo_time": ("Temps prévu", "Time planned"),
    "memo_budget": ("Budget", "Budget"),
    "memo_why": ("Pourquoi celui-ci", "Why this one"),
    "memo_cost": ("Coût", "Cost"),
    "memo_when": ("Dates", "Dates"),
    "memo_effort": ("Effort", "Effort"),
    "memo_unstated": ("non précisé", "not stated"),
    "memo_with_certificate": (
        "{price}, certificat\u00a0: {certificate}",
        "{price}, certificate: {certificate}",
    ),
    "memo_finish": (
        "fini le {day} à raison de {hours} par semaine",
        "done by {day} at {hours} a week",
    ),
    "memo_done": ("fini le {day}", "done by {day}"),
    "memo_overruns": (
        "se termine le {day}, avant que j’aie fini à raison de {hours} par semaine",
        "ends on {day}, before I am done at {hours} a week",
    ),
    "memo_ends": ("se termine le {day}", "ends on {day}"),
    "memo_yes": ("Accord", "Agreed"),
    "memo_signature": ("Date et signature", "Date and signature"),
    "memo_method": (
        (
            "Classement par moocscout sur {known} cours relevés le {day}\u00a0: la formule est"
            " publiée, sans commission ni publicité. Modèle {model}, profil {hash}."
        ),
        (
            "Ranked by moocscout among {known} courses, data of {day}: the formula is published,"
            " without commission or advertising. Model {model}, profile {hash}."
        ),
    ),
    "memo_print": (
        "Imprimez cette page (Ctrl + P)\u00a0: elle tient sur une feuille A4.",
        "Print this page (Ctrl + P): it fits on one sheet of A4.",
    ),
    "memo_back": ("Revenir à la sélection", "Back to the shortlist"),
    # Wrong choices
    "wrong_twice": (
        "«\u00a0{name}\u00a0» est dit plusieurs fois\u202f; gardez-en une seule.",
        "“{name}” is said more than once; keep one of them.",
    ),
    "wrong_language": (
        (
            "«\u00a0reads\u00a0» doit nommer des langues par leurs codes, comme fr, en ou es\u202f;"
            " reçu\u00a0: {value}."
        ),
        "“reads” must name languages by their codes, such as fr, en or es; got: {value}.",
    ),
    "wrong_choice": (
        "«\u00a0{name}\u00a0» doit être l’un de\u00a0: {options}\u202f; reçu\u00a0: {value}.",
        "“{name}” must be one of: {options}; got: {value}.",
    ),
    "wrong_day": (
        "«\u00a0{name}\u00a0» doit être un jour tel que {example}\u202f; reçu\u00a0: {value}.",
        "“{name}” must be a day such as {example}; got: {value}.",
    ),
}
