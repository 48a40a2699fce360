"""Every word of our pages, in French and in English."""

from __future__ import annotations

from recommend.web import texts_api, texts_browse, texts_list

LANGUAGES = ("fr", "en")

TEXTS: dict[str, tuple[str, str]] = {
    "language_name": ("Français", "English"),
    "labelled": ("{name}\u00a0: {value}", "{name}: {value}"),
    "skip": ("Aller au contenu", "Skip to content"),
    "nav": ("Principal", "Main"),
    "nav_search": ("Recherche", "Search"),
    "nav_data": ("Données", "Data"),
    "tagline": ("Les cours en ligne, classés pour votre métier", "Online courses, ranked for you"),
    "promise": (
        "Sans compte, sans traceur, sans commission\u00a0: la formule est publiée.",
        "No account, no tracker, no commission: the formula is published.",
    ),
    "data_of": ("Données du {day}", "Data of {day}"),
    "no_data": ("Le catalogue est encore vide", "The catalogue is still empty"),
    "datasette": ("Publié avec Datasette", "Published with Datasette"),
    "method_link": ("La méthode et ses limites", "The method and its limits"),
    "footer_unknown": (
        "Un fait que la page ne dit pas reste inconnu\u00a0: il ne vaut jamais zéro.",
        "A fact that the page does not state stays unknown: it never counts as zero.",
    ),
    # Home
    "home_title": ("Quel cours mérite votre temps\u202f?", "Which course is worth your time?"),
    "home_sentence": (
        (
            "Chaque semaine, moocscout relève les cours que publient les plateformes, les classe"
            " pour votre métier et montre d’où vient chaque point."
        ),
        (
            "Every week, moocscout reads the courses that platforms publish, ranks them for your"
            " role and shows where every point comes from."
        ),
    ),
    "your_role": ("Votre métier", "Your role"),
    "role_hint": (
        "Choisissez le profil le plus proche\u00a0: vous obtenez douze cours, et leurs raisons.",
        "Choose the nearest profile: you get twelve courses, and the reasons.",
    ),
    "no_roles": (
        "Aucun profil n’est installé. La recherche et les données restent ouvertes.",
        "No profile is installed. Search and data are still open.",
    ),
    "find": ("Cherchez un sujet", "Search for a topic"),
    "or_role": ("ou partez de votre métier", "or start from your role"),
    "search_example": ("nudge, neuromarketing, CRM…", "nudge, neuromarketing, CRM…"),
    "search_go": ("Chercher", "Search"),
    "in_numbers": ("Le catalogue en chiffres", "The catalogue in numbers"),
    "n_twice": (
        "Un cours que deux plateformes proposent y compte deux fois.",
        "A course that two platforms list counts twice here.",
    ),
    "n_listed": ("cours proposés", "courses listed"),
    "n_open": ("ouverts aujourd’hui", "open today"),
    "n_french": ("en français", "in French"),
    "n_free": ("que l’on suit gratuitement", "free to follow"),
    "platforms": ("Plateformes", "Platforms"),
    "platform_line": (
        "{n} cours, dernière visite le {day}",
        "{n} courses, last visited on {day}",
    ),
    "platform_partial": ("visite incomplète", "incomplete visit"),
    "soon": ("Ils commencent bientôt", "Starting soon"),
    "newest": ("Derniers arrivés", "Newest"),
    "seen_on": ("vu le {day}", "seen on {day}"),
    "starts_on": ("commence le {day}", "starts on {day}"),
    "all_soon": ("Tous les prochains départs", "All that start soon"),
    "all_new": ("Toutes les nouveautés", "All that is new"),
    "nothing_soon": ("Aucune date de début annoncée.", "No start date announced."),
    # Search
    "search_title": ("Recherche", "Search"),
    "search_results": ("Résultats pour «\u00a0{q}\u00a0»", "Results for “{q}”"),
    "search_label": ("Sujet, compétence, établissement", "Topic, skill, provider"),
    "search_none": (
        (
            "Aucun cours ne contient tous ces mots. Essayez-en moins, ou un terme anglais\u00a0: la"
            " moitié des bons cours le sont."
        ),
        "No course holds all of these words. Try fewer of them, or a French term.",
    ),
    "search_more": ("Les {n} premiers cours", "The first {n} courses"),
    "search_table": ("Tout voir en tableau", "See all as a table"),
    "search_empty": (
        (
            "Tapez un mot\u00a0: la recherche lit le français et l’anglais, sans souci d’accents ni"
            " de pluriels."
        ),
        "Type a word: the search reads French and English, whatever the accents and endings.",
    ),
    # Recommend
    "rec_for": ("Votre sélection", "Your shortlist"),
    "rec_intro": (
        (
            "{n} cours sur {known} connus, les meilleurs d’abord. Chaque score est la somme exacte"
            " des points montrés."
        ),
        (
            "{n} courses of {known} known, the best first. Each score is the exact sum of the"
            " points shown."
        ),
    ),
    "rec_intro_one": (
        "Un cours sur {known} connus. Son score est la somme exacte des points montrés.",
        "One course of {known} known. Its score is the exact sum of the points shown.",
    ),
    "rec_empty": (
        (
            "Aucun cours ne correspond à ce profil. Élargissez le temps disponible ou choisissez un"
            " autre métier."
        ),
        "No course matches this profile. Widen the time you have, or choose another role.",
    ),
    "other_roles": ("Autres métiers", "Other roles"),
    "score": ("Score", "Score"),
    "why": ("Pourquoi", "Why"),
    "for_you": ("Pour vous", "For you"),
    "but": ("Mais", "But"),
    "all_points": ("Le calcul, point par point", "The sum, point by point"),
    "part": ("Élément", "Part"),
    "evidence": ("D’après", "From"),
    "part_points": ("Points", "Points"),
    "total": ("Total", "Total"),
    "unknown_facts": ("Non précisé\u00a0: {facts}", "Not stated: {facts}"),
    "details": ("La fiche complète", "Everything known"),
    "on_platform": ("Voir sur {platform}", "See on {platform}"),
    "fingerprint": (
        "Modèle {model} · données du {day} · profil {hash}",
        "Model {model} · data of {day} · profile {hash}",
    ),
    "reproducible": (
        "Mêmes données, même profil, même ordre.",
        "Same data, same profile, same order.",
    ),
    "choose_role": ("Choisissez un métier", "Choose a role"),
    "preparing": ("Classement indisponible", "No ranking yet"),
    "preparing_why": (
        (
            "Le classement n’a pas pu être calculé\u00a0: {why}. La recherche et les données"
            " restent ouvertes."
        ),
        "The ranking could not be computed: {why}. Search and data are still open.",
    ),
    # Course
    "facts": ("Les faits", "The facts"),
    "facts_hint": (
        "Sous chaque fait, les mots de la page dont il est tiré.",
        "Under each fact, the words on the page that it was read from.",
    ),
    "fact": ("Fait", "Fact"),
    "not_stated": ("La page ne précise pas\u00a0: {facts}.", "The page does not state: {facts}."),
    "checked": ("Vérifié le {day}", "Checked on {day}"),
    "first_seen": ("Vu pour la première fois le {day}", "First seen on {day}"),
    "last_changed": ("Page modifiée le {day}", "Page changed on {day}"),
    "gone_since": (
        "Ce cours n’est plus proposé par la plateforme depuis le {day}.",
        "The platform no longer lists this course since {day}.",
    ),
    "about_course": ("Présentation", "About"),
    "outcomes": ("Ce que vous saurez faire", "What you will learn"),
    "plan": ("Programme", "Plan"),
    "skills": ("Compétences", "Skills"),
    "subjects": ("Thèmes", "Subjects"),
    "instructors": ("Intervenants", "Instructors"),
    "sessions": ("Sessions", "Sessions"),
    "session": ("Session", "Session"),
    "session_start": ("Début", "Start"),
    "session_end": ("Fin", "End"),
    "session_enrol": ("Inscription", "Enrolment"),
    "session_state": ("État", "State"),
    "session_gone": ("n’est plus annoncée", "no longer announced"),
    "enrol_from": ("à partir du {day}", "from {day}"),
    "enrol_until": ("jusqu’au {day}", "until {day}"),
    "no_sessions": ("La page n’annonce aucune session.", "The page announces no session."),
    "history": ("Historique", "History"),
    "history_none": ("Rien n’a changé depuis le {day}.", "Nothing has changed since {day}."),
    "history_words": (
        "Prix, dates et conditions sont ceux du {day}\u202f; d’autres mots de la page ont changé.",
        "Price, dates and terms are those of {day}; other words of the page have changed.",
    ),
    "was": ("Avant", "Before"),
    "is_now": ("Maintenant", "Now"),
    "day": ("Jour", "Day"),
    "as_data": ("Cette fiche en données", "This page as data"),
    "in_catalogue": ("la ligne du catalogue", "the catalogue’s row"),
    "in_words": ("les mots de la page", "the words on the page"),
    "in_history": ("l’historique", "the history"),
    # Data
    "data_title": ("Les données", "The data"),
    "data_sentence": (
        (
            "Tout le catalogue est interrogeable\u00a0: tables, questions prêtes à l’emploi, export"
            " CSV et JSON."
        ),
        "The whole catalogue can be queried: tables, ready-made questions, CSV and JSON.",
    ),
    "data_in_english": (
        (
            "Les descriptions des tables et de leurs colonnes sont en anglais, de même que les"
            " licences des sources et leurs règles pour robots.txt."
        ),
        "The descriptions of tables and columns are in English.",
    ),
    "data_queries": ("Questions prêtes à l’emploi", "Saved queries"),
    "data_dictionary": ("Dictionnaire des données", "Data dictionary"),
    "data_sources": ("Sources et licences", "Sources and licences"),
    "data_open": ("Ouvrir dans Datasette", "Open in Datasette"),
    "rows": ("Lignes\u00a0: {n}.", "Rows: {n}."),
    "terms": ("conditions", "terms"),
    # Errors
    "not_found": ("Cette page n’existe pas", "There is no such page"),
    "not_found_said": (
        "L’adresse a peut-être changé. Cherchez un sujet, ou repartez de l’accueil.",
        "The address may have changed. Search for a topic, or start from the home page.",
    ),
    "course_not_found": (
        "Aucun cours {platform}\u202f/\u202f{ref} dans ce catalogue.",
        "No course {platform}/{ref} in this catalogue.",
    ),
    "wrong": ("Cette demande ne se lit pas", "This request cannot be read"),
    "wrong_number": (
        (
            "«\u00a0{name}\u00a0» doit être un nombre entre {low} et {high}\u202f; reçu\u00a0:"
            " {value}."
        ),
        "“{name}” must be a number between {low} and {high}; got: {value}.",
    ),
    "wrong_profile": (
        "Aucun profil ne s’appelle «\u00a0{value}\u00a0». Choisissez-en un ci-dessous.",
        "No profile is called “{value}”. Choose one below.",
    ),
    "wrong_long": (
        "«\u00a0{name}\u00a0» dépasse {high} caractères.",
        "“{name}” is longer than {high} characters.",
    ),
    "wrong_lang": (
        "«\u00a0lang\u00a0» doit être fr ou en\u202f; reçu\u00a0: {value}.",
        "“lang” must be fr or en; got: {value}.",
    ),
    "way_out": ("Retour à l’accueil", "Back to the home page"),
    # Facts
    "f_open": ("Inscription", "Enrolment"),
    "f_finish": ("Fini le", "Done by"),
    "f_ends": ("Se termine", "Ends"),
    "also_on": ("Aussi sur {platforms}", "Also on {platforms}"),
    "capped": (
        "Les autres cours du même organisme, {provider}, sont laissés de côté.",
        "The other courses of the same provider, {provider}, are left out.",
    ),
    "f_language": ("Langue", "Language"),
    "f_languages": ("Langues", "Languages"),
    "f_subtitles": ("Sous-titres", "Subtitles"),
    "f_level": ("Niveau", "Level"),
    "f_pace": ("Rythme", "Pace"),
    "f_weeks": ("Durée", "Length"),
    "f_weekly_hours": ("Charge", "Workload"),
    "f_total_hours": ("Effort total", "Total effort"),
    "f_hours": ("Effort total", "Total effort"),
    "f_access": ("Accès", "Access"),
    "f_free_track": ("Ce que le gratuit laisse de côté", "What free leaves out"),
    "f_price": ("Prix", "Price"),
    "f_certificate": ("Certificat", "Certificate"),
    "f_certificate_price": ("Prix du certificat", "Certificate price"),
    "f_rating": ("Note", "Rating"),
    "f_enrolled": ("Inscrits", "Enrolled"),
    "f_licence": ("Licence", "Licence"),
    "f_code": ("Code", "Code"),
    "f_format": ("Format", "Format"),
    "f_prerequisites": ("Prérequis", "Prerequisites"),
    "f_assessment": ("Évaluation", "Assessment"),
    "f_updated": ("Fiche mise à jour", "Listing updated"),
    "f_provider": ("Établissement", "Provider"),
    "f_kind": ("Type", "Kind"),
    "f_title": ("Titre", "Title"),
    "f_weeks_low": ("Durée, au moins", "Length, low"),
    "f_weeks_high": ("Durée, au plus", "Length, high"),
    "f_total_hours_low": ("Effort total, au moins", "Total effort, low"),
    "f_total_hours_high": ("Effort total, au plus", "Total effort, high"),
    "f_weekly_hours_low": ("Charge, au moins", "Workload, low"),
    "f_weekly_hours_high": ("Charge, au plus", "Workload, high"),
    "f_currency": ("Devise", "Currency"),
    "f_billing": ("Paiement", "Billing"),
    "f_new": ("Nouveau cours", "New course"),
    "f_withdrawn": ("Retiré", "Withdrawn"),
    "f_back": ("De retour", "Back"),
    "f_session": ("Dates d’une session", "Session dates"),
    "f_session new": ("Nouvelle session", "New session"),
    "f_session gone": ("Session retirée", "Session gone"),
    "f_text": ("Sujets", "Topics"),
    # Values
    "u_weekly": ("{n}\u00a0h par semaine", "{n} h a week"),
    "u_total": ("{n} en tout", "{n} in all"),
    "u_range": ("{low} à {high}", "{low} to {high}"),
    "u_rating": ("{n} sur 5", "{n} out of 5"),
    "u_ratings": ("{n} sur 5 ({count} avis)", "{n} out of 5 ({count} ratings)"),
    "u_people": ("{n} personnes", "{n} people"),
    "free": ("gratuit", "free"),
    "v_beginner": ("débutant", "beginner"),
    "v_intermediate": ("intermédiaire", "intermediate"),
    "v_advanced": ("avancé", "advanced"),
    "v_mixed": ("tous niveaux", "all levels"),
    "v_self": ("à votre rythme", "at your own pace"),
    "v_instructor": ("aux dates de la session", "to the session’s dates"),
    "v_paid": ("payant", "paid"),
    "v_subscription": ("sur abonnement", "by subscription"),
    "v_free": ("gratuit", "free"),
    "v_none": ("aucun", "none"),
    "v_course": ("cours", "course"),
    "v_guided_project": ("projet guidé", "guided project"),
    "v_tutorial": ("tutoriel", "tutorial"),
    "v_programme": ("parcours", "programme"),
    "v_once": ("en une fois", "once"),
    "v_month": ("par mois", "a month"),
    "v_year": ("par an", "a year"),
    "v_complete": ("complète", "complete"),
    "v_partial": ("incomplète", "partial"),
    # Sources of a quote
    "s_api": ("liste de la plateforme", "the platform’s list"),
    "s_page": ("page du cours", "the course’s page"),
    "s_jsonld": ("données structurées de la page", "the page’s structured data"),
    "s_state": ("données de la page", "the page’s own data"),
    "s_dom": ("texte de la page", "the page’s text"),
    "s_microdata": ("balises de la page", "the page’s markup"),
    "s_rdfa": ("balises de la page", "the page’s markup"),
    "s_file": ("fichier", "file"),
    "s_platform": ("règle de la plateforme", "the platform’s rule"),
    "percent": ("{n}\u202f%", "{n}%"),
    # States of a session
    "st_ongoing-open": ("En cours, inscription ouverte", "Running, enrolment open"),
    "st_future-open": ("À venir, inscription ouverte", "Starts later, enrolment open"),
    "st_archived-open": (
        "Session terminée, contenu toujours en libre accès",
        "Session over, content still open for self-study",
    ),
    "st_future-not-yet-open": (
        "À venir, inscription pas encore ouverte",
        "Starts later, enrolment not yet open",
    ),
    "st_future-closed": ("À venir, inscription close", "Starts later, enrolment closed"),
    "st_ongoing-closed": ("En cours, inscription close", "Running, enrolment closed"),
    "st_archived": ("Terminé", "Over"),
    "st_to-be-scheduled": ("Date à venir", "No date stated yet"),
    "st_unknown": ("Dates incomplètes", "The dates do not tell"),
    "open_until": ("Ouvert jusqu’au {day}", "Open until {day}"),
    "open_from": ("Ouvre le {day}", "Opens on {day}"),
    "open_starts": ("Ouvert, commence le {day}", "Open, starts on {day}"),
    "open_starts_until": (
        "Ouvert jusqu’au {end}, commence le {start}",
        "Open until {end}, starts on {start}",
    ),
}
TEXTS |= texts_list.TEXTS | texts_browse.TEXTS | texts_api.TEXTS


class Words:
    """The texts in one language: `words("soon")`, `words("seen_on", day=...)`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._index = LANGUAGES.index(lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key; unknown keys raise KeyError."""
        text = TEXTS[key][self._index]
        return text.format(**values) if values else text

    def of(self, prefix: str, value: object) -> str:
        """The text of a closed list's value, or the value itself where no text is known."""
        pair = TEXTS.get(f"{prefix}_{value}")
        return pair[self._index] if pair else str(value)
