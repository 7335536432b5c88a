"""Functions on places: `latitude longitude altitude accuracy`, and several of them with `;` between."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass

from flows.expressions import context, values
from flows.expressions.functions.registry import Function, at_least, exactly

EARTH_RADIUS = 6_378_100.0
"""Metres: the radius at the equator that ODK's clients use, so that their figures agree with ours."""

COORDINATE = re.compile(r"-?\d+(?:\.\d*)?|-?\.\d+", re.ASCII)
DECIMALS = 100
"""Distances and areas are given to the hundredth."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the Earth, in degrees."""

    latitude: float
    longitude: float


def read_place(text: str) -> Place | None:
    """The place that begins `text`; altitude and accuracy are not read. None for what is no place."""
    words = text.split()
    if not 2 <= len(words) <= 4 or not all(COORDINATE.fullmatch(word) for word in words[:2]):
        return None
    latitude, longitude = float(words[0]), float(words[1])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Place(latitude, longitude)


def read_places(*given: values.Value) -> list[Place] | None:
    """The places of a trace or shape, or of one node or value each; None if any of them is none."""
    written = [part for text in values.texts(given) for part in text.strip().strip(";").split(";")]
    found: list[Place] = []
    for text in written:
        place = read_place(text)
        if place is None:
            return None
        found.append(place)
    return found


def metres_between(one: Place, other: Place) -> float:
    """The length of the great circle between two places, by the spherical law of cosines."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(one.longitude - other.longitude)
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(across)
    return math.acos(max(-1.0, min(1.0, cosine))) * EARTH_RADIUS


def hundredths(number: float) -> float:
    """Rounded to two decimals."""
    return math.floor(number * DECIMALS + 0.5) / DECIMALS


def distance(_at: context.Context, *given: values.Value) -> float:
    """The length in metres of the way through the places."""
    places = read_places(*given)
    if places is None:
        return math.nan
    return hundredths(math.fsum(metres_between(one, other) for one, other in itertools.pairwise(places)))


def area(_at: context.Context, value: values.Value) -> float:
    """The area in square metres inside the places, on a sphere; 0 for what encloses nothing."""
    places = read_places(value) or []
    if len(places) < 3:
        return 0.0
    total = math.fsum(
        math.radians(other.longitude - one.longitude)
        * (2 + math.sin(math.radians(one.latitude)) + math.sin(math.radians(other.latitude)))
        for one, other in zip(places, [*places[1:], places[0]], strict=True)
    )
    return hundredths(abs(total * EARTH_RADIUS**2 / 2))


def geofence(_at: context.Context, point: values.Value, shape: values.Value) -> bool:
    """Whether the place lies inside the shape: a ray from it crosses the edges an odd number of times."""
    place = read_place(values.to_string(point))
    corners = read_places(shape)
    if place is None or not corners:
        return False
    inside = False
    for one, other in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (one.longitude > place.longitude) != (other.longitude > place.longitude):
            share = (place.longitude - one.longitude) / (other.longitude - one.longitude)
            if place.latitude < one.latitude + share * (other.latitude - one.latitude):
                inside = not inside
    return inside


def side(one: Place, other: Place, place: Place) -> float:
    """On which side of the line from one to the other a place lies: above 0 left, below 0 right, 0 on it."""
    return (other.latitude - one.latitude) * (place.longitude - one.longitude) - (
        other.longitude - one.longitude
    ) * (place.latitude - one.latitude)


def cross(first: tuple[Place, Place], second: tuple[Place, Place]) -> bool:
    """Whether two segments cross: the ends of each lie on both sides of the other."""
    return (
        side(*first, second[0]) * side(*first, second[1]) < 0
        and side(*second, first[0]) * side(*second, first[1]) < 0
    )


def intersects(at: context.Context, value: values.Value) -> bool:
    """Whether a trace or shape crosses itself."""
    segments = list(itertools.pairwise(read_places(value) or []))
    for index, segment in enumerate(segments):
        at.visits.spend(index)
        if any(cross(segment, earlier) for earlier in segments[:index]):
            return True
    return False


FUNCTIONS = (
    Function(name="distance", implementation=distance, counts=at_least(1), example="distance(${question})"),
    Function(name="area", implementation=area, counts=exactly(1), example="area(${question})"),
    Function(
        name="enclosed-area", implementation=area, counts=exactly(1), example="enclosed-area(${question})"
    ),
    Function(
        name="geofence", implementation=geofence, counts=exactly(2), example="geofence(${point}, ${shape})"
    ),
    Function(
        name="intersects", implementation=intersects, counts=exactly(1), example="intersects(${question})"
    ),
)
