"""Photos as fields: a caption, and the picture or why there is none."""

from __future__ import annotations

from collections.abc import Mapping

from document_templates import fields
from document_templates.teller import Teller
from planning import photos

NONE = fields.Photos(shown=[], left_out="")
"""Where nobody sent a photo."""


def by_place(tell: Teller, contents: Mapping[str, bytes]) -> Mapping[str, fields.Photos]:
    """The photos by the id of their branch; a content is empty where it is no picture, and missing where it did not come."""
    numbers = {file_id: str(number) for number, file_id in enumerate(contents)}
    return {
        place: fields.Photos(
            shown=[_photo(tell, photo, contents, numbers) for photo in found.printed],
            left_out=tell.word(
                "photos_left_out", names=tell.names([_name(tell, one) for one in found.left_out])
            )
            if found.left_out
            else "",
        )
        for place, found in photos.by_place(tell.plan).items()
    }


def _photo(
    tell: Teller, photo: photos.Photo, contents: Mapping[str, bytes], numbers: Mapping[str, str]
) -> fields.Photo:
    block, answered, sent = photo
    content = contents.get(sent.file_id)
    why = "photo_missing" if content is None else "photo_unreadable"
    return fields.Photo(
        caption=tell.word(
            "photo_caption",
            question=answered.label,
            name=answered.respondent or block.owner or tell.word("nobody"),
            date=tell.date(answered.at),
        ),
        picture=numbers[sent.file_id] if content else "",
        problem="" if content else tell.word(why, name=_name(tell, photo)),
        description=tell.word(
            "photo_description",
            question=answered.label,
            place=block.branch_name or tell.plan.institution.name,
        ),
    )


def _name(tell: Teller, photo: photos.Photo) -> str:
    """The file's name; a photo from a phone's camera has none."""
    return photo.sent.name or tell.word("photo_of", question=photo.answered.label)
