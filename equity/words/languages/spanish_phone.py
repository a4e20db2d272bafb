"""The Spanish of the United States for weighing a decision on a phone, and for applying to a cohort.

Not yet reviewed by anybody who speaks it natively: docs/developers.md says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.words.languages.language import Language
from equity.words.languages.spanish import SPANISH
from equity.words.languages.spanish_call import NAMES
from equity.words.languages.spanish_form import FORM

WEIGHING: Final[Mapping[str, str]] = {
    "title": "Dé peso a lo que importa",
    "what": "Reparta 100 puntos entre lo que debería importar para esta decisión. No hay respuesta correcta.",
    "among": "Entre qué se elige",
    "lens": "Usted mira sobre todo desde",
    "done": "Ya terminé",
    "later": "Guardar para después",
    "private": (
        "Sus puntos se guardan sin su nombre. Nadie ve los puntos de nadie antes de que se muestren todos a la vez; "
        "hasta entonces usted puede volver en este teléfono y cambiar los suyos."
    ),
    "all": "Ya repartió los 100 puntos.",
    "left": "Puntos por repartir: {n}.",
    "over": "Puntos de más: {n}.",
    "kept.done": "Usted terminó. Todavía puede cambiar sus puntos.",
    "kept.draft": "Guardado. Vuelva en este teléfono para terminar.",
    "finished.none": "Todavía nadie ha terminado.",
    "finished.one": "{n} persona ha terminado.",
    "finished.other": "{n} personas han terminado.",
    "fewer": "cinco menos",
    "more": "cinco más",
    "ends": "0: {nothing} 10: {everything}",
    "from.burden": "De los datos: a cuántos pacientes o visitas afecta la diferencia.",
    "from.certainty": "De los datos: qué tan seguro es que hay una diferencia.",
    "from.trend": "De los datos: si la diferencia crece.",
    "from.completeness": "De los datos: de cuántas personas se conoce el grupo.",
    "criterion.burden": "pacientes o visitas que afecta",
    "criterion.certainty": "seguridad de la diferencia",
    "criterion.trend": "diferencia que crece",
    "criterion.completeness": "datos completos",
    "languages": "Otros idiomas",
}
APPLYING: Final[Mapping[str, str]] = {
    "begin": "Empezar una solicitud",
    "team": "Su equipo",
    "team_help": (
        "De tres a siete personas. Entre todas ven los datos, la mejora de la calidad, la equidad y la atención a "
        "pacientes."
    ),
    "name": "Nombre",
    "role": "Qué hace",
    "lens": "Qué aporta",
    "person": "Persona",
    "send": "Enviar la solicitud",
    "answer": "Enviar su respuesta",
    "withdraw": "Retirar la solicitud",
    "withdraw_sure": "Toque otra vez para retirarla del todo.",
    "saved": "Guardado.",
    "saving": "Guardando …",
    "lost": "Todavía no se guardó: no hay conexión. Se intenta otra vez.",
    "required": "necesario",
    "choose": "Elija",
    "keep": "Guarde la dirección de esta página: es la única forma de volver a su solicitud.",
    "promise": "Si la envía hoy, tendrá una respuesta a más tardar el {day}.",
    "received": "Recibimos su solicitud. Tendrá una respuesta a más tardar el {day}.",
    "missing": "Todavía nadie aporta: {lenses}.",
    "languages": "Otros idiomas",
}
STATES: Final[Mapping[str, str]] = {
    "draft": "un borrador",
    "received": "recibida",
    "question_asked": "en espera de su respuesta",
    "accepted": "aceptada",
    "waiting": "en lista de espera",
    "declined": "no aceptada",
    "withdrawn": "retirada",
}
REFUSED: Final[Mapping[str, str]] = {
    "This link opens nothing any more: ask your team for a new one.": (
        "Este enlace ya no abre nada: pida uno nuevo a su equipo."
    ),
    "Weighing is over for this decision: look at it together with your team.": (
        "Ya terminó el tiempo de dar puntos a esta decisión: véala junto con su equipo."
    ),
    "Many people are saving right now: please try again in a moment. Your points are still here.": (
        "Muchas personas están guardando ahora: intente otra vez en un momento. Sus puntos siguen aquí."
    ),
    "This is longer than a form of points.": "Esto es más largo que un formulario de puntos.",
    "“{n}” is not a number of points from 0 to 100.": "“{n}” no es un número de puntos de 0 a 100.",
    "Your points add up to {n} of 100: give {m} more.": "Sus puntos suman {n} de 100: reparta {m} más.",
    "Your points add up to {n} of 100: take {m} away.": "Sus puntos suman {n} de 100: quite {m}.",
    "“{n}” is no criterion here any more: give its points to another.": (
        "“{n}” ya no es un criterio aquí: dé sus puntos a otro."
    ),
    "{n} phones have weighed this decision, the most there can be.": (
        "{n} teléfonos ya dieron puntos a esta decisión: no puede haber más."
    ),
    "There is no lens “{n}”: choose one of {m}.": "No existe “{n}”: elija una de las opciones de la lista.",
    "No applications are taken at this address: please ask the network for the one that is open now.": (
        "En esta dirección no se reciben solicitudes: pida a la red la que está abierta ahora."
    ),
    "There is no such application at this address: check it, or begin a new one.": (
        "No hay esa solicitud en esta dirección: revísela, o empiece una nueva."
    ),
    "Many applications are being written just now: please come back tomorrow.": (
        "Se están escribiendo muchas solicitudes ahora: vuelva mañana."
    ),
    "This application is {n}: it can no longer be changed.": "Esta solicitud ya no se puede cambiar.",
    "This application is {n}, so it cannot become {m}.": "Con esta solicitud ya no se puede hacer eso.",
    "A team has {n} people at most.": "Un equipo tiene como máximo {n} personas.",
    "Still open: {n}": "Falta responder: {n}",
    "Your team has {n} people so far: name {m}.": "Su equipo tiene {n} personas por ahora: nombre de {m}.",
    "“{n}”: {m} characters; {k} are the most.": "“{n}”: {m} caracteres; el máximo es {k}.",
    "That could not be done just now: what you typed is still on your page. Please try again.": (
        "No se pudo hacer ahora: lo que escribió sigue en su página. Intente otra vez."
    ),
    "That was a lot at once: please wait a moment. What you typed stays on your page.": (
        "Fue mucho a la vez: espere un momento. Lo que escribió se queda en su página."
    ),
}
"""Refusals by their English sentences: they are made in English where their rules are."""

SPANISH_PHONE: Final = Language(
    SPANISH.code,
    SPANISH.own_name,
    {
        **{f"weigh.{key}": text for key, text in WEIGHING.items()},
        **{f"apply.{key}": text for key, text in APPLYING.items()},
        **{f"state.{state}": text for state, text in STATES.items()},
        "day": SPANISH.texts["day"],
        "and": " y ",
    },
    {**NAMES, **FORM},
    SPANISH.months,
    refused=REFUSED,
)
