"""The glossary in the Spanish of the United States, term by term in the order of the English one."""

from __future__ import annotations

from typing import Final

from equity.words.glossary import Term

TERMS: Final = (
    Term("Medida", "Lo que se cuenta, como la presión arterial controlada. Cada medida dice qué lado es mejor."),
    Term("Agrupar por", "Cómo se forman los grupos: por idioma, seguro médico o edad, por ejemplo."),
    Term("Grupo", "Las personas que comparten una respuesta, como quienes hablan español."),
    Term("Tasa", "De todas las personas o visitas que podían contar, la parte que contó."),
    Term(
        "Referencia", "Con qué se compara un grupo: el mejor grupo, el total, los demás, una meta o un grupo elegido."
    ),
    Term("Mejor grupo", "El grupo con la mejor tasa entre los que tienen datos suficientes. Se elige una vez."),
    Term("Meta", "La tasa que el equipo quiere alcanzar."),
    Term("Diferencia", "Qué tan lejos está un grupo de la referencia. Por encima de cero, al grupo le va peor."),
    Term("Punto", "El paso de 60% a 61% es un punto. No es el uno por ciento de la tasa."),
    Term("Razón", "La tasa del grupo dividida entre la tasa de la referencia. Una razón de 2 es el doble."),
    Term("Intervalo", "El rango en que probablemente está el valor real. Con pocas personas, el rango es ancho."),
    Term("Disparidad", "Una diferencia grande y clara: al menos 10% de la tasa, o de 100% menos la tasa."),
    Term("Azar", "Las subidas y bajadas que ocurren aunque nada sea distinto. Los grupos pequeños tienen más."),
    Term(
        "Exceso", "Cuántas personas menos, o más, resultarían afectadas si el grupo tuviera la tasa de la referencia."
    ),
    Term("Confiable", "Hay suficientes personas para leer la tasa. Si no, se dice que se use con cautela."),
    Term("Oculto", "Un número tan pequeño que podría señalar a una persona. No es cero ni falta."),
    Term("Sin datos", "No se anotó nada para este grupo o período. No es cero."),
    Term("Sin registrar", "Desconocido, no quiso decir y no se preguntó, en conjunto."),
    Term("Desconocido", "Personas cuya respuesta no se anotó. Siguen a la vista, junto a los grupos."),
    Term("No quiso decir", "Personas a quienes se les preguntó y prefirieron no decir. Es su derecho."),
    Term("Dispersión", "Los puntos pequeños: la tasa del mismo grupo en cada centro."),
    Term("n", "Cuántas personas o visitas hay detrás de una tasa."),
    Term(
        "Muchas comparaciones",
        "Al mirar muchos grupos, algunas diferencias salen por azar. La regla lo toma en cuenta.",
    ),
    Term("Bajó: el grupo mejoró", "La diferencia baja porque los resultados del grupo mejoran."),
    Term("Bajó: otros empeoraron", "La diferencia baja solo porque los demás empeoran. No es una mejora."),
    Term("Creció", "La diferencia se hace más grande: el grupo queda más atrás."),
    Term("Señal", "Un patrón en una gráfica que el azar casi nunca produce."),
    Term("Límites de control", "La franja en que caen los puntos mientras nada cambia."),
    Term("Racha", "Puntos seguidos al mismo lado de la línea central."),
    Term("Gráfica de rachas", "Una gráfica de una tasa en el tiempo con su línea central."),
    Term("Cruce", "Un lugar donde la línea cruza el centro. Muy pocos cruces son una señal."),
    Term("Línea base", "Los puntos con que se calculan la línea central y los límites."),
    Term("Fase", "Un tramo de la gráfica con su propia línea central, como después de un cambio en la atención."),
    Term("Suavizado", "La tasa de un grupo pequeño, acercada a lo que sugieren sus grupos más grandes."),
    Term("Esperado", "La tasa que sugieren dos formas de agrupar, si nada más ocurre donde se cruzan."),
    Term("Punto de quiebre", "Cuántas personas sin grupo registrado harían falta para que la diferencia desaparezca."),
    Term("Dentro", "La parte de la diferencia que ocurre en los mismos centros."),
    Term("Entre", "La parte de la diferencia que viene de dónde se atiende a las personas."),
    Term("Estandarizado", "Una tasa calculada como si todos los grupos fueran a los mismos centros por igual."),
    Term("Publicación", "Una copia fija sin números pequeños, hecha para lectores fuera del equipo."),
    Term("Área clínica", "Un campo de la atención, como la diabetes o la salud materna."),
    Term("Archivo de datos", "El archivo que se subió: visitas, o conteos de visitas."),
    Term("Versión", "Una subida de los datos. Las versiones viejas se guardan y se puede volver a ellas."),
)
"""As many terms as the English glossary has, in the same order."""
