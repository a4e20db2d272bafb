"""Notes are records like the others: their own table goes, and what stood in it becomes records, with their words."""

import datetime as dt
import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Move every note among the records, then drop the table."""
    connection = op.get_bind()
    old = sa.Table("notes", sa.MetaData(), autoload_with=connection)
    records = sa.Table("records", sa.MetaData(), autoload_with=connection)
    versions = sa.Table("record_versions", sa.MetaData(), autoload_with=connection)
    for row in connection.execute(sa.select(old)).mappings().all():
        content = _content(row)
        connection.execute(records.insert().values(_record(row, content)))
        edit = {"content": content, "edited_by": row["edited_by"], "edited": row["edited"]}
        connection.execute(versions.insert().values(record_id=row["id"], version=row["version"], **edit))
    op.drop_index("ix_notes_workspace_id", "notes")
    op.drop_table("notes")


def _content(row: sa.RowMapping) -> str:
    """A note as its record holds it: the question as it was kept, under the card's name."""
    asked = {str(part): str(code) for part, code in json.loads(row["choices"]).items()}
    link = {**asked, "dataset": row["dataset"], "card": row["card"]}
    created = row["created"] if row["created"].tzinfo else row["created"].replace(tzinfo=dt.UTC)
    return json.dumps({"words": row["words"], "link": link, "kept": created.isoformat()}, ensure_ascii=False)


def _record(row: sa.RowMapping, content: str) -> dict[str, object]:
    same = ("id", "workspace_id", "version", "author", "author_id", "created", "edited_by", "edited")
    return {
        **{name: row[name] for name in same},
        "noun": "note",
        "parent": hashlib.sha256(row["dataset"].encode("utf-8", "replace")).hexdigest()[:32],
        "content": content,
        "readers": "team",
        "edited_by_id": "",
        "withdrawn": None,
    }
