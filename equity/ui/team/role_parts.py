"""The parts of the page Settings and roles: who you are, members and their roles, invitations, workspaces."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.access.roles import IN_WORDS, MAY
from equity.actions.workspaces import delete_workspace
from equity.store.workspace import people, workspaces
from equity.store.workspace.people import DAYS_TO_ACCEPT, Member
from equity.store.workspace.person import ROLES, Role
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.words.days import describe_day
from equity.words.escaping import markdown, one_line
from equity.words.labels.team import TEAM_TEXTS
from equity.words.page import erasure

LOCAL = TEAM_TEXTS["no_sign_in_is_configured"]
MEANINGS: dict[Role, str] = {
    "owner": "may do everything, and says who is in the workspace",
    "analyst": "uploads, loads and releases, and sees full numbers",
    "member": "sees full numbers and writes notes",
    "leader": "reads releases and what the team shares, and answers",
    "facilitator": "reads releases, and leads the cohort of a network",
}


def show_visitor() -> None:
    """Who is here, by which way, and what their role gives."""
    visitor = sign_in.visitor()
    if visitor.person is None or visitor.workspace is None or visitor.role is None:
        return
    if sign_in.setting() == "local":
        prose.notice([LOCAL])
    else:
        mail = f" ({one_line(visitor.person.email)})" if visitor.person.email else ""
        prose.paragraph(
            TEAM_TEXTS["you_are"].format(
                shown_name=one_line(visitor.person.shown_name),
                mail=mail,
                role=visitor.role,
                name=one_line(visitor.workspace.name),
            )
        )
    with st.expander(TEAM_TEXTS["what_each_role_may_do"], icon=":material/key:", key="roles"):
        for role, meaning in MEANINGS.items():
            may = [words for action, words in IN_WORDS.items() if role in MAY[action]]
            prose.listed(f"{role.capitalize()}: {meaning}", [f"May {words}" for words in may])


def show_members() -> None:
    """Everybody in the workspace; owners change roles and take people out."""
    prose.heading("Members")
    place = sign_in.workspace_id()
    for member in people.members(sign_in.database(), place):
        with st.container(horizontal=True, vertical_alignment="center", key=f"member_{member.person.id}"):
            mail = f" ({one_line(member.person.email)})" if member.person.email else ""
            prose.paragraph(f"{one_line(member.person.shown_name)}{mail}: {member.role}")
            if sign_in.may("manage_people") and sign_in.setting() == "configured":
                _change(member)


def _change(member: Member) -> None:
    key = member.person.id
    role = st.selectbox(
        "Role",
        ROLES,
        ROLES.index(member.role),
        key=f"role_{key}_{member.role}",
        label_visibility="collapsed",
        width=150,
        required=True,
    )
    if role != member.role and st.button("Change role", key=f"change_{key}"):
        allowed = sign_in.require("manage_people")
        people.change_role(sign_in.database(), allowed.workspace, key, role, seen=member.role, by=allowed.person)
        st.rerun()
    if st.button("Remove", icon=":material/person_remove:", key=f"remove_{key}"):
        allowed = sign_in.require("manage_people")
        people.remove_member(sign_in.database(), allowed.workspace, key, by=allowed.person)
        st.rerun()


def show_invitations() -> None:
    """Who has been asked to join, and asking somebody; for owners."""
    if not sign_in.may("manage_people"):
        return
    prose.heading("Invitations")
    place = sign_in.workspace_id()
    for invitation in people.invitations(sign_in.database(), place):
        with st.container(horizontal=True, vertical_alignment="center", key=f"invitation_{invitation.id}"):
            until = f" until {describe_day(invitation.expires.date())}" if invitation.state == "open" else ""
            prose.paragraph(f"{one_line(invitation.email)}, {invitation.role}: {invitation.state}{until}")
            if invitation.state == "open" and st.button("Withdraw", key=f"withdraw_{invitation.id}"):
                allowed = sign_in.require("manage_people")
                people.withdraw_invitation(sign_in.database(), allowed.workspace, invitation.id, by=allowed.person)
                st.rerun()
    with st.form("invite", border=False):
        email = st.text_input("E-mail address", max_chars=254, key="invite_email")
        role = st.selectbox(
            "Role", ROLES, ROLES.index("member"), format_func=lambda r: f"{r}: {MEANINGS[r]}", key="invite_role"
        )
        asked = st.form_submit_button("Invite", icon=":material/person_add:")
    if asked:
        allowed = sign_in.require("manage_people")
        invitation, code = people.invite(sign_in.database(), allowed.workspace, email, role, by=allowed.person)
        prose.notice(
            [TEAM_TEXTS["is_invited_for_days_send_them"].format(email=invitation.email, days_to_accept=DAYS_TO_ACCEPT)]
        )
        st.code(code, language=None)


def show_workspaces() -> None:
    """The workspaces of whoever is here: look at another, rename this one, make one."""
    visitor = sign_in.visitor()
    if visitor.person is None or visitor.workspace is None:
        return
    prose.heading("Workspaces")
    mine = {held.id: held for held, _ in workspaces.workspaces_of(sign_in.database(), visitor.person.id)}
    picked = f"workspace_{visitor.workspace.id}"
    st.selectbox(
        TEAM_TEXTS["you_are_looking"],
        list(mine),
        list(mine).index(visitor.workspace.id),
        format_func=lambda key: one_line(mine[key].name) if key in mine else "",
        key=picked,
        on_change=_picked,  # also when a link was followed before this page was drawn anew
        args=(picked,),
        required=True,
    )
    if sign_in.may("load"):
        prose.small(TEAM_TEXTS["id_of_this_workspace"].format(id=visitor.workspace.id))
    if sign_in.may("rename_workspace"):
        _rename(visitor.workspace)
    if sign_in.may("manage_people"):
        _make()
    offered = sign_in.may("delete_workspace") and visitor.workspace.id != workspaces.HOME_WORKSPACE
    if offered and st.button(TEAM_TEXTS["delete_this_workspace"], icon=":material/delete:", key="delete_workspace"):
        _confirm_deletion(visitor.workspace)


@st.dialog(TEAM_TEXTS["delete_this_workspace_asked"])
def _confirm_deletion(held: workspaces.Workspace) -> None:
    """Ask once more, with what goes; what must be done first is said instead of deleting."""
    goes = workspaces.workspace_erasure(sign_in.database(), held.id)
    prose.paragraph(TEAM_TEXTS["will_be_gone_for_good"].format(name=one_line(held.name), counted=erasure.counted(goes)))
    prose.paragraph(goes.what_stays)
    with st.container(horizontal=True):
        wanted = st.button("Delete it", type="primary", key="delete_workspace_for_good")
        if st.button("Keep it", key="delete_workspace_not"):
            st.rerun()
    if wanted:
        with error_as_sentence():
            allowed = sign_in.require("delete_workspace")
            delete_workspace(
                Here(sign_in.database(), held.id, allowed.person)
            )  # the one that was named, whatever is seen
            st.toast(markdown(TEAM_TEXTS["is_deleted"].format(name=held.name)))
            _look_at(workspaces.HOME_WORKSPACE)


def _picked(key: str) -> None:
    _turn_to(str(st.session_state[key]))


def _look_at(workspace: str) -> None:
    _turn_to(workspace)
    st.rerun()


def _turn_to(workspace: str) -> None:
    for name in ("asked", "upload", "load_job", "upload_ticket_extract", "upload_ticket_mapping_file", "visitor"):
        st.session_state.pop(name, None)
    st.session_state["workspace"] = workspace


def _rename(held: workspaces.Workspace) -> None:
    with st.form("rename", border=False):
        name = st.text_input(
            TEAM_TEXTS["name_of_this_workspace"], held.name, max_chars=120, key=f"rename_{held.id}_{held.version}"
        )
        if st.form_submit_button("Rename"):
            allowed = sign_in.require("rename_workspace")
            renamed = workspaces.rename_workspace(
                sign_in.database(), allowed.workspace, name, seen_version=held.version, by=allowed.person
            )
            st.session_state.pop("visitor", None)
            st.toast(markdown(TEAM_TEXTS["this_workspace_is_now_called"].format(name=renamed.name)))
            st.rerun()


def _make() -> None:
    with st.form("make_workspace", border=False, clear_on_submit=True):
        name = st.text_input(TEAM_TEXTS["name_of_a_new_workspace"], max_chars=120, key="make_name")
        if st.form_submit_button("Make a workspace"):
            allowed = sign_in.require("manage_people")
            made = workspaces.make_workspace(sign_in.database(), name, by=allowed.person)
            _look_at(made.id)
