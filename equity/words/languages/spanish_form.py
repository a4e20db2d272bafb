"""The Spanish of the application form that comes along (`equity/network/application_form.toml`), text by text.

A network's own form stays as the network wrote it. Not yet reviewed by anybody who speaks Spanish natively.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FORM: Final[Mapping[str, str]] = {
    "Application to the learning network": "Solicitud para la red de aprendizaje",
    "About fifteen minutes. What you type is kept as you type it; the address of this page brings you back to it.": (
        "Unos quince minutos. Lo que usted escribe se guarda mientras escribe; con la dirección de esta página puede "
        "volver."
    ),
    "Your organization": "Su organización",
    "Name of the organization": "Nombre de la organización",
    "Where are you?": "¿Dónde están?",
    "City and state": "Ciudad y estado",
    "What kind of organization?": "¿Qué tipo de organización?",
    "Hospital or health system": "Hospital o sistema de salud",
    "Community health center": "Centro de salud comunitario",
    "Clinic or practice": "Clínica o consultorio",
    "Health plan": "Plan de salud",
    "Public health department": "Departamento de salud pública",
    "Another kind": "De otro tipo",
    "Whom do you serve?": "¿A quiénes atienden?",
    "How many people in a year, and who they are in their own words": (
        "Cuántas personas en un año y quiénes son, dicho con sus propias palabras"
    ),
    "Whom may we answer?": "¿A quién podemos responder?",
    "Name and e-mail address": "Nombre y correo electrónico",
    "Why now": "Por qué ahora",
    "Why do you want to join now?": "¿Por qué quieren unirse ahora?",
    "Which patients, families or community groups work with you?": (
        "¿Qué pacientes, familias o grupos de la comunidad trabajan con ustedes?"
    ),
    "What have you tried before, in quality improvement or in equity?": (
        "¿Qué han probado antes, en mejora de la calidad o en equidad?"
    ),
    "Data at hand": "Datos que ya tienen",
    "Which outcomes can you look at by race, ethnicity or language today?": (
        "¿Qué resultados pueden ver hoy por raza, origen étnico o idioma?"
    ),
    "For about how many in 100 patients are race, ethnicity and language recorded?": (
        "¿De cuántos de cada 100 pacientes se anotan la raza, el origen étnico y el idioma?"
    ),
    "What you commit to": "A qué se comprometen",
    "Our team has time for this work for 18 months.": "Nuestro equipo tiene tiempo para este trabajo por 18 meses.",
    "We bring our own data, broken down by race, ethnicity and language.": (
        "Traemos nuestros propios datos, separados por raza, origen étnico e idioma."
    ),
    "We are ready to name racism and to look at our own history.": (
        "Estamos dispuestos a hablar del racismo y a mirar nuestra propia historia."
    ),
    "A senior leader reads our reflection each quarter and answers in writing.": (
        "Una persona de la alta dirección lee nuestra reflexión cada trimestre y responde por escrito."
    ),
    "Letter of commitment from your chief executive": "Carta de compromiso de quien dirige su organización",
    "Paste its text, or say who signs it and when it follows": (
        "Pegue el texto, o diga quién la firma y cuándo la envían"
    ),
}
