"""The Spanish of what a team shares beside a release: its aims, a reflection, a statement; and the page's refusals.

Not yet reviewed by anybody who speaks it natively: docs/leaders.es.md and docs/developers.md say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

AIMS: Final[Mapping[str, str]] = {
    "aims.title": "Lo que el equipo se propone",
    "aims.sentence": ("{name}: de {start} a {goal} en {who}. Plazo: {when}. Dónde: {where}. Con quiénes: {with_whom}."),
    "aims.hidden": "{name}: una meta para {who}. Plazo: {when}. Dónde: {where}. Con quiénes: {with_whom}.",
    "aims.not_in_release": "Esta publicación no muestra números de esta meta.",
    "aims.no_harm": "Ningún otro grupo puede perder más de {lose}.",
    "aims.no_harm.nothing": "Ningún otro grupo puede perder nada.",
    "aims.balancing": "Tampoco debe empeorar: {measure}.",
    "aims.so_far": "{period}, hasta ahora",
    "aims.no_data_yet": "{name}: todavía no hay datos después del punto de partida.",
    "aims.reached": "{name}, {when}: {now}. Se alcanzó la meta.",
    "aims.on_the_way": "{name}, {when}: {now}. Se logró el {share} del cambio.",
    "aims.too_early": "{name}, {when}: {now}. Es muy pronto para saberlo.",
    "aims.moved_away": "{name}, {when}: {now}. Se alejó de la meta.",
    "aims.share": "Parte del cambio que se logró: {share} (rango del 95%: {low} a {high}).",
    "aims.broken.one": "No se cumple 1 condición de no hacer daño: otros perdieron más de lo que la meta permite.",
    "aims.broken.other": (
        "No se cumplen {number} condiciones de no hacer daño: otros perdieron más de lo que la meta permite."
    ),
}

GUESSES: Final[Mapping[str, str]] = {
    "weights.same": "Todos dan a los criterios puntos muy parecidos.",
    "weights.differ": "En lo que más difieren es en “{criterion}”: de {low} a {high} puntos.",
    "weights.begin": "Empiecen por “{criterion}”. ¿Qué ve quien le dio muchos puntos que los demás no ven?",
    "guesses.smaller": "Pensaron que la diferencia era más pequeña: {n} de {all}.",
    "guesses.larger": "Que era más grande: {n}.",
    "guesses.named": "Nombraron a {who}: {n} de {all}.",
}

WRITING: Final[Mapping[str, str]] = {
    "own_words": (
        "Los nombres de las medidas y lo que escribió el equipo están como el equipo los puso. La frase de una tarjeta "
        "está en inglés."
    ),
    "reflection.title": "Reflexión del {quarter}",
    "reflection.signed": "La firmaron: {signed}.",
    "reflection.name": "Su nombre",
    "reflection.read": "Lo que leí",
    "reflection.will": "Lo que haré",
    "reflection.by_when": "Para cuándo",
    "reflection.send": "Enviar su respuesta",
    "reflection.thanks": (
        "Gracias. El equipo tiene su respuesta; lo que usted promete vuelve a verse el próximo trimestre."
    ),
    "reflection.answered": "Respuesta de {name}",
    "reflection.not_in_release": "Esta publicación no tiene lo que la tarjeta pregunta.",
    "reflection.changed": "Esto ya no está para usted: el equipo cambió lo que se puede leer.",
    "milestone.history": "La historia se reconoce",
    "milestone.fluency": "Se puede hablar de las causas estructurales",
    "milestone.capability": "Se pueden usar los datos con una mirada de equidad",
    "milestone.focus": "Se eligió en qué trabajar",
    "milestone.aims": "Se fijaron metas",
    "milestone.portfolio": "Hay proyectos en marcha",
    "piece.progress": "Avances",
    "piece.challenges": "Dificultades",
    "piece.learning": "Lo que aprendimos",
    "piece.help": "Ayuda que pedimos",
    "reply.read": "Leyó: {words}",
    "reply.will": "Hará: {words}",
    "reply.will_by": "Hará: {words} (para el {day})",
    "reply.promises_nothing": "Esta vez no promete nada.",
    "statement.happened": "Lo que pasó aquí",
    "statement.harmed": "A quiénes se hizo daño",
    "statement.our_part": "Nuestra parte en ello",
    "statement.now": "Lo que hacemos ahora",
    "statement.approved": "Aprobada por {who}, {day}.",
    "statement.untitled": "Una declaración sin título",
    "glossary.title": "Glosario",
    "glossary.asks": "¿Qué significan las palabras de estas páginas?",
    "glossary.find": "Buscar una palabra",
    "glossary.such_as": "diferencia, intervalo, oculto …",
    "glossary.none": "Esa palabra no está aquí. Pruebe una más corta o borre lo escrito para verlas todas.",
}

REFUSED: Final[Mapping[str, str]] = {
    "This link was closed meanwhile: please ask for a new one.": "Este enlace se cerró mientras tanto. Pida uno nuevo.",
    "This link opens nothing any more: please ask for a new one.": "Este enlace ya no abre nada. Pida uno nuevo.",
    "This link was closed meanwhile: please ask for a new one; your words are still here to copy.": (
        "Este enlace se cerró mientras tanto. Pida uno nuevo; sus palabras siguen aquí para copiarlas."
    ),
    "Something went wrong on the server, so this cannot be shown. What was saved is as it was: please reload the page, "
    "and tell whoever runs this server the number {n} if it happens again.": (
        "Algo falló en el servidor y esto no se puede mostrar. Lo guardado sigue como estaba. Vuelva a cargar la "
        "página y, si ocurre otra vez, dé el número {n} a quien administra el servidor."
    ),
    "Please write something for {n}: it is empty.": "Primero escriba algo: la respuesta está vacía.",
    "Your reply has {n} characters: {m} is the most.": "Su respuesta tiene {n} letras y el máximo es {m}.",
    "This link is not there any more: please ask for a new one.": "Este enlace ya no existe. Pida uno nuevo.",
    "This link has had as many replies as it takes: please write to the team directly.": (
        "Este enlace ya recibió todas las respuestas que admite. Escriba directamente al equipo."
    ),
    "This link has had as many replies as it takes in an hour: please try again later.": (
        "Este enlace ya recibió todas las respuestas que admite en una hora. Inténtelo más tarde."
    ),
    "Write your name, so that the team knows who answers.": (
        "Escriba su nombre, para que el equipo sepa quién responde."
    ),
    "Write what you read in it, in a sentence or two.": "Escriba en una o dos frases lo que leyó.",
    "{n} characters are the most for each answer.": "Cada respuesta puede tener como máximo {n} letras.",
    "This reflection has had as many answers as it takes: please write to the team directly.": (
        "Esta reflexión ya recibió todas las respuestas que admite. Escriba directamente al equipo."
    ),
    "This release was revoked and can no longer be opened: ask its team for a newer one.": (
        "El equipo retiró esta publicación y ya no se puede abrir. Pídale una más nueva."
    ),
    "There is no such release here: check its address or ask for it again.": (
        "Esta publicación no está aquí. Revise la dirección o pídala de nuevo."
    ),
}
"""Refusals by their English sentences: they are made in English where their rules are."""
