"""Photos as fields: a caption, and the picture or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from document_templates import fields
from document_templates.teller import Teller
from flows import nouns as answers
from planning import photos

HEIC_TYPES = frozenset({"image/heic", "image/heif"})
HEIC_ENDINGS = (".heic", ".heif")
"""What iPhones keep photos as. Sent as a photo, Telegram makes a JPEG of it; sent as a file, it stays what it is."""

NONE = fields.Photos(shown=[], left_out="")
"""Where nobody sent a photo."""


def by_place(tell: Teller, contents: Mapping[str, bytes]) -> Mapping[str, fields.Photos]:
    """The photos by the id of their branch; a content is empty where it is no picture, and missing where it did not come."""
    numbers = {file_id: str(number) for number, file_id in enumerate(contents)}
    return {
        place: fields.Photos(
            shown=[
                _photo(tell, photo, contents, numbers)
                for photo in found.printed
                if photo.sent.file_id in contents
            ],
            left_out=_left_out(
                tell, [one for one in found.printed if one.sent.file_id not in contents] + [*found.left_out]
            ),
        )
        for place, found in photos.by_place(tell.plan).items()
    }


def _left_out(tell: Teller, found: Sequence[photos.Photo]) -> str:
    """The photos for which there is no room, and those that did not come, in one sentence."""
    if not found:
        return ""
    return tell.word("photos_left_out", names=tell.names([_name(tell, one) for one in found]))


def _photo(
    tell: Teller, photo: photos.Photo, contents: Mapping[str, bytes], numbers: Mapping[str, str]
) -> fields.Photo:
    block, answered, sent = photo
    content = contents[sent.file_id]
    problem = "" if content else tell.word(_why(sent), name=_name(tell, photo))
    return fields.Photo(
        caption=tell.word(
            "photo_caption",
            question=answered.label,
            name=answered.respondent or block.owner or tell.word("nobody"),
            date=tell.date(answered.at),
        ),
        picture=numbers[sent.file_id] if content else "",
        problem=problem,
        description=tell.word(
            "photo_description",
            question=answered.label,
            place=block.branch_name or tell.plan.institution.name,
        ),
    )


def _why(sent: answers.Attachment) -> str:
    """The word for why a photo is not printed, which says what to do where the sender can do it."""
    is_heic = sent.mime.casefold() in HEIC_TYPES or sent.name.casefold().endswith(HEIC_ENDINGS)
    return "photo_heic" if is_heic else "photo_unreadable"


def _name(tell: Teller, photo: photos.Photo) -> str:
    """The file's name; a photo from a phone's camera has none."""
    return photo.sent.name or tell.word("photo_of", question=photo.answered.label)
