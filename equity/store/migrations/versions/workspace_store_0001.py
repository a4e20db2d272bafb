"""The workspace store as it first was, and the triggers that make the audit log append-only."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

FORBIDDEN = "the audit log is append-only"

SQLITE_TRIGGERS = (
    f"""CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
        BEGIN SELECT RAISE(ABORT, '{FORBIDDEN}'); END""",
    f"""CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
        BEGIN SELECT RAISE(ABORT, '{FORBIDDEN}'); END""",
    # INSERT OR REPLACE deletes without firing a delete trigger
    f"""CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log
        WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{FORBIDDEN}'); END""",
)
POSTGRESQL_TRIGGERS = (
    f"""CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{FORBIDDEN}'; END $$""",
    """CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only()""",
)


def upgrade() -> None:
    """Make all tables, parents first."""
    _audit_log()
    _workspaces_and_people()
    _what_is_said_about_charts()
    _links_and_replies()
    _home_workspace()


def _audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        _moment("at"),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("actor_id", sa.String(32), nullable=False),
        _words("actor"),
        sa.Column("action", sa.String(40), nullable=False),
        _words("subject"),
        _words("details"),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_workspace_id_id", "audit_log", ["workspace_id", "id"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for trigger in SQLITE_TRIGGERS if on_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def _workspaces_and_people() -> None:
    op.create_table(
        "workspaces",
        *_identity("workspaces"),
        _words("name"),
        _moment("created"),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "workspace_datasets",
        sa.Column("dataset", sa.String(300), nullable=False),
        *_of_a_workspace("workspace_datasets"),
        _moment("since"),
        sa.PrimaryKeyConstraint("dataset", name="pk_workspace_datasets"),
    )
    op.create_table(
        "workspace_releases",
        sa.Column("release_id", sa.String(300), nullable=False),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        _moment("since"),
        sa.PrimaryKeyConstraint("release_id", name="pk_workspace_releases"),
    )
    op.create_index("ix_workspace_releases_workspace_id", "workspace_releases", ["workspace_id"])
    op.create_table(
        "people",
        *_identity("people"),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        _words("name"),
        _words("email"),
        _moment("first_seen"),
        sa.UniqueConstraint("issuer", "subject", name="uq_people_issuer_subject"),
    )
    op.create_table(
        "members",
        *_of_a_workspace("members"),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        _moment("since"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_members_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name="pk_members"),
    )
    op.create_table(
        "invitations",
        *_identity("invitations"),
        *_of_a_workspace("invitations"),
        _words("email"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        _words("invited_by"),
        _moment("created"),
        _moment("expires"),
        _moment("accepted", may_be_empty=True),
        _moment("withdrawn", may_be_empty=True),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
    )


def _what_is_said_about_charts() -> None:
    op.create_table(
        "chart_frames",
        *_identity("chart_frames"),
        *_of_a_workspace("chart_frames"),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_words(name) for name in ("dataset", "measure", "by", "group", "body", "saved_by")),
        sa.Column("saved_by_id", sa.String(32), nullable=False),
        _moment("saved"),
        sa.UniqueConstraint(
            "workspace_id", "key_hash", "version", name="uq_chart_frames_workspace_id_key_hash_version"
        ),
    )
    op.create_table(
        "annotations",
        *_identity("annotations"),
        *_of_a_workspace("annotations"),
        sa.Column("period", sa.String(10), nullable=False),
        *(_words(name) for name in ("words", "dataset", "measure", "by")),
        *_edited_by_people(),
    )
    op.create_index("ix_annotations_workspace_id", "annotations", ["workspace_id"])
    op.create_table(
        "notes",
        *_identity("notes"),
        *_of_a_workspace("notes"),
        *(_words(name) for name in ("dataset", "card", "choices", "words")),
        *_edited_by_people(),
    )
    op.create_index("ix_notes_workspace_id", "notes", ["workspace_id"])


def _links_and_replies() -> None:
    op.create_table(
        "links",
        *_identity("links"),
        *_of_a_workspace("links"),
        sa.Column("release_id", sa.String(300), nullable=False),
        *(_words(name) for name in ("title", "choices", "made_by")),
        sa.Column("made_by_id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("passcode_hash", sa.Text(), nullable=True),
        _moment("created"),
        _moment("expires"),
        _moment("revoked", may_be_empty=True),
        _words("revoked_by"),
        sa.Column("opened_count", sa.Integer(), nullable=False),
        _moment("last_opened", may_be_empty=True),
        sa.Column("wrong_passcodes", sa.Integer(), nullable=False),
        _moment("locked_until", may_be_empty=True),
        sa.UniqueConstraint("token_hash", name="uq_links_token_hash"),
    )
    op.create_index("ix_links_workspace_id", "links", ["workspace_id"])
    op.create_table(
        "replies",
        *_identity("replies"),
        *_of_a_workspace("replies"),
        sa.Column("release_id", sa.String(300), nullable=False),
        sa.Column("link_id", sa.String(32), nullable=False),
        *(_words(name) for name in ("name", "words")),
        _moment("created"),
    )
    op.create_index("ix_replies_workspace_id_release_id", "replies", ["workspace_id", "release_id"])


_MOMENT = sa.DateTime(timezone=True)


def _home_workspace() -> None:
    """The workspace of whoever runs this program, so that there always is one."""
    moment = dt.datetime.now(dt.UTC)
    rows: tuple[tuple[str, dict[str, object]], ...] = (
        ("workspaces", {"id": "home", "name": "Our workspace", "created": moment, "version": 1}),
        (
            "people",
            {
                "id": "local",
                "issuer": "local",
                "subject": "owner",
                "name": "The local owner",
                "email": "",
                "first_seen": moment,
            },
        ),
        ("members", {"workspace_id": "home", "person_id": "local", "role": "owner", "since": moment}),
    )
    for table, row in rows:
        kinds = {"created": _MOMENT, "first_seen": _MOMENT, "since": _MOMENT}
        columns = [sa.column(name, kinds.get(name)) for name in row]
        op.bulk_insert(sa.table(table, *columns), [row])


def _identity(table: str) -> tuple[sa.Column[str], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.String(32), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _of_a_workspace(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id", ondelete="CASCADE"
        ),
    )


def _edited_by_people() -> tuple[sa.Column[int] | sa.Column[str] | sa.Column[dt.datetime], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        _words("author"),
        sa.Column("author_id", sa.String(32), nullable=False),
        _moment("created"),
        _words("edited_by"),
        _moment("edited"),
    )


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _moment(name: str, *, may_be_empty: bool = False) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=may_be_empty)
