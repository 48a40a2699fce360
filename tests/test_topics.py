"""Which words of a course are worth naming beside a wish."""

from __future__ import annotations

from recommend import query, radar
from recommend.profile import Profile
from recommend.topics import WITHIN, across, named_in, spoken, telling


def test_words_are_told_that_say_more_than_the_wish() -> None:
    assert telling("co-création", ["co", "création", "open innovation"]) == ["open innovation"]
    assert telling("économie comportementale", ["economics", "behavioural economics"]) == [
        "behavioural economics"
    ]
    assert telling("nudge", ["nudge"]) == []


def test_a_topic_of_two_known_pieces_is_named_in_either_order() -> None:
    assert named_in("luxe et podcasts", "fr", "Podcasts for luxury") == "podcasts luxury"
    assert named_in("luxe et podcasts", "fr", "Luxury: podcasts") == "luxury podcasts"
    assert named_in("luxe et podcasts", "fr", "Luxury, podcasts") is None
    assert named_in("luxe et podcasts", "fr", "Luxury") is None


def test_a_topic_known_but_for_a_word_is_named_by_what_is_known() -> None:
    wish = "intégration des nouveaux saisonniers"
    assert named_in(wish, "fr", "Effective Onboarding") == "onboarding"
    assert named_in(wish, "fr", "Seasons and their work") is None
    assert named_in("réseaux sociaux pour les musées", "fr", "Social media") is None
    assert named_in("réseaux sociaux pour les musées", "fr", "Museum social media")
    assert named_in("gestion de la crise du logement social", "fr", "Crisis management") is None


def test_the_verb_of_a_wish_is_no_piece_of_it() -> None:
    wish = "mesurer l'engagement des salariés"
    assert named_in(wish, "fr", "Employee Engagement") == "employee engagement"
    assert named_in(wish, "fr", "Engagement and trust") is None


def test_electronic_health_is_more_than_health_and_wine_nothing_to_win() -> None:
    assert named_in("e-santé", "fr", "Digital Health") == "digital health"
    assert named_in("e-santé", "fr", "Global Health") is None
    assert named_in("marketing du vin", "fr", "A Winning Marketing Strategy") is None
    assert not spoken(["marketing du vin"], "fr", ["Developing a winning marketing strategy"])


def test_a_text_speaks_of_a_wish_whose_words_stand_near_each_other() -> None:
    wish, far = "marketing analytics", " ".join(f"word{at}" for at in range(WITHIN - 1))

    def said(*passages: str) -> bool:
        return spoken([wish], "en", passages) == (wish,)

    assert said("Analytics for people in marketing")
    assert said(f"Marketing {far.partition(' ')[2]} analytics")
    assert not said(f"Marketing {far} analytics")
    assert said(f"Marketing {far} marketing analytics")
    assert not said("Marketing", "Analytics")
    assert not said()
    assert spoken(["nudge", "analytique marketing"], "fr", ["Marketing analytics"]) == (
        "analytique marketing",
    )


def test_the_radar_writes_names_with_their_capitals_and_each_once() -> None:
    asked = {"fr": "tests A/B", "en": "A/B testing"}
    (topic,) = radar.topics(
        Profile(wants=(wish,), language=language) for language, wish in asked.items()
    )
    assert topic.names == ("tests A/B", "A/B testing")
    assert topic.labels == asked


def test_no_topic_reaches_across_the_end_of_a_clause() -> None:
    assert spoken(["media relations"], "en", ["relations with all media"])
    for said in (
        "stakeholder relations - media attention",
        "relations: media",
        "relations\nmedia",
        "relations with one, with two, with three and other media",
        "relations, media and more",
    ):
        assert not spoken(["media relations"], "en", [said])


def test_words_the_other_way_round_speak_of_no_wish_but_behind_of_and_the_like() -> None:
    assert spoken(["audience research"], "en", ["audience and reader research"])
    assert not spoken(["audience research"], "en", ["research audiences"])
    assert spoken(["content strategy"], "en", ["a strategy for content"])
    assert not spoken(["content strategy"], "en", ["strategies for a bold and no-content world"])


def test_no_french_word_is_looked_for_that_english_has_with_another_meaning() -> None:
    assert across("fashion", "en") == ()
    assert named_in("fashion", "en", "Dev mode") is None
    assert "fashion" in across("mode", "fr")
    wishes = query.terms_of(Profile(wants=("fashion",), language="en", reads=("en", "fr")))
    assert {each.word for each in wishes} == {"fashion"}
