"""Words of the pages that browse: changes, the calendar, the topics, what lies near a course."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "nav_topics": ("Sujets", "Topics"),
    "nav_calendar": ("Calendrier", "Calendar"),
    "nav_changes": ("Nouveautés", "Changes"),
    # Home
    "browse": ("Parcourir", "Browse"),
    "by_topic": ("Par sujet", "By topic"),
    "by_topic_hint": (
        "Les cours qui parlent de ces sujets, sous leurs noms français et anglais.",
        "The courses that speak of these topics, by their French and English names.",
    ),
    "by_provider": ("Par établissement", "By provider"),
    "by_language": ("Par langue", "By language"),
    "all_topics": ("Tous les sujets", "All topics"),
    "one_course": ("1\u00a0cours", "1\u00a0course"),
    "listed_n": ("{n} cours", "{n} courses"),
    # Search filters
    "filtered_by": ("Filtré par", "Filtered by"),
    "filter_drop": ("Retirer ce filtre", "Drop this filter"),
    "open_only": ("Ouverts aujourd’hui", "Open today"),
    # Course page
    "same_elsewhere": ("Le même cours ailleurs", "The same course elsewhere"),
    "price_about": (
        "environ {price}, à {rate} {currency} pour 1 € le {day}",
        "about {price}, at {rate} {currency} for €1 on {day}",
    ),
    "twin_cheaper": ("moins cher", "cheaper"),
    "twin_open": ("ouvert, lui", "open, unlike this one"),
    "near_title": ("Cours voisins", "Courses nearby"),
    "near_shared": ("En commun\u00a0: {words}", "In common: {words}"),
    "serves_title": ("Pour quels métiers", "For which roles"),
    "serves_hint": (
        (
            "Son rang, par le score, pour chaque profil livré avec moocscout. La liste d’un métier"
            " en est tirée\u00a0: trois cours d’un établissement au plus, plusieurs souhaits."
        ),
        (
            "Its place, by score, for each profile that comes with moocscout. A role’s list is"
            " chosen from that order: three courses of a provider at most, several wishes."
        ),
    ),
    "serves_none": (
        "Par le score, il n’est parmi les 50 premiers d’aucun profil livré.",
        "By score, it is among the first 50 of no shipped profile.",
    ),
    "serves_place": ("{n}ᵉ", "no. {n}"),
    "serves_first": ("1ᵉʳ", "no. 1"),
    "to_calendar": ("Ajouter les dates à mon agenda", "Add the dates to my calendar"),
    "compare_with": ("Comparer avec un autre cours", "Compare with another course"),
    # Changes
    "changes_title": ("Ce qui a changé", "What has changed"),
    "changes_since": ("Depuis le {day}", "Since {day}"),
    "changes_label": ("Depuis", "Since"),
    "changes_profile": ("Pour", "For"),
    "changes_own": ("votre profil", "your profile"),
    "changes_mine": (
        "Ce qui a changé cette semaine pour ce profil",
        "What has changed this week for this profile",
    ),
    "changes_all": ("tout le catalogue", "the whole catalogue"),
    "changes_go": ("Montrer", "Show"),
    "changes_none": (
        "Rien n’a changé depuis le {day}. Le catalogue date du {data}.",
        "Nothing has changed since {day}. The catalogue is of {data}.",
    ),
    "changes_none_for": (
        "Rien de ce qui touche ce profil n’a changé depuis le {day}.",
        "Nothing that matters to this profile has changed since {day}.",
    ),
    "changes_more": ("et {n} autres", "and {n} more"),
    "changes_most": (
        "Il y en a plus que les {n} derniers changements, qui seuls sont comptés ici.",
        "There are more than the latest {n} changes, which alone are counted here.",
    ),
    "changes_at_least": ("au moins {n}", "at least {n}"),
    "changes_more_at_least": ("et au moins {n} autres", "and at least {n} more"),
    "changes_digest": ("Ce qui compte dans ma sélection", "What matters in my shortlist"),
    "changes_data": ("L’historique complet", "The whole history"),
    "ch_new": ("Nouveaux cours", "New courses"),
    "ch_back": ("De retour", "Back again"),
    "ch_gone": ("Retirés", "Gone"),
    "ch_price": ("Prix", "Prices"),
    "ch_dates": ("Dates", "Dates"),
    "ch_title": ("Titres", "Titles"),
    "ch_other": ("Autres faits", "Other facts"),
    "ch_was": ("avant\u00a0: {old}", "was: {old}"),
    "ev_price up": ("Prix en hausse", "Price up"),
    "ev_price down": ("Prix en baisse", "Price down"),
    "ev_price stated": ("Prix annoncé", "Price stated"),
    "ev_price gone": ("Prix retiré", "Price gone"),
    "ev_price restated": ("Prix modifié", "Price restated"),
    "ev_certificate price up": ("Certificat plus cher", "Certificate price up"),
    "ev_certificate price down": ("Certificat moins cher", "Certificate price down"),
    "ev_certificate price stated": ("Prix du certificat annoncé", "Certificate price stated"),
    "ev_certificate price gone": ("Prix du certificat retiré", "Certificate price gone"),
    "ev_certificate price restated": ("Prix du certificat modifié", "Certificate price restated"),
    "ev_session price": ("Prix d’une session", "Price of a session"),
    "ev_dates moved": ("Dates déplacées", "Dates moved"),
    "ev_session added": ("Nouvelle session", "New session"),
    "ev_session gone": ("Session retirée", "Session gone"),
    "ev_reopened": ("Inscriptions rouvertes", "Enrolment open again"),
    # The digest
    "digest_title": ("Du nouveau pour {role}", "New for {role}"),
    "digest_none": (
        "Rien de nouveau pour ce profil depuis le {day}.",
        "Nothing is new for this profile since {day}.",
    ),
    "digest_lead": (
        "Les cours de votre sélection auxquels il est arrivé quelque chose, le meilleur d’abord.",
        "Courses of your shortlist to which something has happened, the best first.",
    ),
    "digest_atom": ("S’abonner au flux (Atom)", "Subscribe to the feed (Atom)"),
    "digest_all": ("Tout ce qui a changé pour ce profil", "All that has changed for this profile"),
    "digest_list": ("La sélection entière", "The whole shortlist"),
    "because": ("Raisons\u00a0:", "Reasons:"),
    # Calendar
    "calendar_title": ("Calendrier des départs", "Calendar of starts"),
    "calendar_lead": (
        "Les cours qui commencent et les inscriptions qui ferment, jour par jour.",
        "Courses that start and enrolments that close, day by day.",
    ),
    "calendar_none": ("Aucune date ce mois-ci.", "No date this month."),
    "calendar_past": ("Jours passés ({n})", "Days gone by ({n})"),
    "calendar_next": ("Mois suivant\u00a0: {month}", "Next month: {month}"),
    "calendar_previous": ("Mois précédent\u00a0: {month}", "Month before: {month}"),
    "calendar_ics": ("Ce mois dans mon agenda (.ics)", "This month in my calendar (.ics)"),
    "calendar_starts": ("commence", "starts"),
    "calendar_closes": ("dernier jour d’inscription", "last day to enrol"),
    "calendar_more": (
        "Les {n} premières dates du mois. Le tableau les a toutes.",
        "The first {n} dates of the month. The table has them all.",
    ),
    "calendar_one": ("1\u00a0date", "1\u00a0date"),
    "calendar_count": ("{n} dates", "{n} dates"),
    "calendar_legend": (
        "Plein\u00a0: des cours commencent. Cercle\u00a0: des inscriptions ferment.",
        "Filled: courses start. Ring: enrolments close.",
    ),
    # Topics
    "topics_title": ("Le radar des sujets", "Topic radar"),
    "topics_lead": (
        (
            "Ce que le marché enseigne des sujets du marketing\u00a0: combien de cours, en quelle"
            " langue, et combien sont ouverts."
        ),
        (
            "What the market teaches of marketing’s topics: how many courses, in which language,"
            " and how many are open."
        ),
    ),
    "topics_most": ("Les sujets les plus enseignés", "The topics taught most"),
    "topics_table": ("Tableau des sujets", "Table of topics"),
    "topics_hint": (
        (
            "Les sujets que cherchent les profils livrés, sous leurs noms français et anglais,"
            " comptés dans le texte des cours proposés le {day}. Un cours présent sur plusieurs"
            " plateformes compte une fois."
        ),
        (
            "The topics that the shipped profiles look for, by their French and English names,"
            " counted in the texts of the courses listed on {day}. A course that several platforms"
            " list counts once."
        ),
    ),
    "topic_names": ("aussi\u00a0: {names}", "also: {names}"),
    "topic": ("Sujet", "Topic"),
    "t_courses": ("Cours", "Courses"),
    "t_french": ("En français", "In French"),
    "t_english": ("En anglais", "In English"),
    "t_other": ("Autres langues", "Other languages"),
    "t_open": ("Ouverts", "Open"),
    "t_moved": ("arrivées\u00a0: {new} · départs\u00a0: {gone}", "{new} new, {gone} gone"),
    "topics_rest": ("Les {n} autres sujets", "The {n} other topics"),
    "topics_rising": ("En hausse", "Rising"),
    "topics_fading": ("En baisse", "Fading"),
    "topics_still": (
        "Aucun sujet n’a gagné ni perdu de cours ces douze dernières semaines.",
        "No topic has won or lost courses in the last twelve weeks.",
    ),
    "topics_window": (
        (
            "Arrivées et départs des douze dernières semaines. Les cours de la première visite"
            " d’une plateforme ne comptent pas comme nouveaux."
        ),
        (
            "Arrivals and departures of the last twelve weeks. What a platform had on our first"
            " visit does not count as new."
        ),
    ),
    "topics_gaps": ("Les manques", "Gaps"),
    "topics_gaps_hint": (
        "Ce que cherche un profil livré et qu’aucun cours ouvert n’enseigne aujourd’hui.",
        "What a shipped profile looks for and no open course teaches today.",
    ),
    "topics_no_gap": (
        "Chaque sujet a au moins un cours ouvert.",
        "Every topic has at least one open course.",
    ),
    "gap_none": ("aucun cours", "no course"),
    "gap_closed": ("{courses}, aucun ouvert", "{courses}, none open"),
    # Footer
    "no_commission": (
        "Aucune commission\u00a0: aucun cours ne paie pour sa place.",
        "No commission: no course pays for its place.",
    ),
    "no_tracking": (
        "Aucun traceur, aucun cookie, aucune requête vers un tiers.",
        "No tracker, no cookie, no request to anyone else.",
    ),
    "no_account": (
        "Aucun compte\u00a0: votre profil est dans l’adresse, et nulle part ailleurs.",
        "No account: your profile is in the address, and nowhere else.",
    ),
    "in_catalogue_now": (
        "{n} cours de {platforms} plateformes, données du {day}",
        "{n} courses of {platforms} platforms, data of {day}",
    ),
}
