"""The words about a rule tried on the archive, in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestWords:
    """The answers to ``backtest``."""

    usage: str
    gives: str
    more: str
    title: str
    """``{rule} {days}``"""
    would: tuple[str, str]
    """``{n} {per_week}``"""
    weeks: str
    """``{spark} {most}``"""
    looked_at: str
    """``{looked_at} {matched}``"""
    matches: tuple[str, str]
    """``{n}``: where those without the query's words were passed over."""
    gained: str
    """``{n}``: told by it, and not by what this place has."""
    lost: str
    feeds: str
    topics: str
    topic: str
    """``{kept} {gained} {lost}``"""
    nothing: str
    cut: str
    subscribe: str


ENGLISH = BacktestWords(
    usage="backtest <words or query> [180d]",
    gives="what a query would have told here, before you subscribe it",
    more="Compared with what this place has now. Nothing is sent.",
    title="“{rule}” over the last {days} days",
    would=("1 alert, {per_week} a week", "{n} alerts, {per_week} a week"),
    weeks="week by week {spark}, {most} at most",
    looked_at="{matched} of {looked_at} entries match",
    matches=("1 entry matches", "{n} entries match"),
    gained="New to this place ({n})",
    lost="This place has them now, the query would not ({n})",
    feeds="Busiest feeds",
    topics="By topic",
    topic="kept {kept}, gained {gained}, lost {lost}",
    nothing="It would have told nothing.",
    cut="Only the newest entries were looked at; the terminal looks at all.",
    subscribe="Subscribe it",
)

SPANISH = BacktestWords(
    usage="simular <palabras o consulta> [180d]",
    gives="qué habría avisado aquí una consulta, antes de suscribirla",
    more="Comparado con lo que este lugar tiene ahora. No se envía nada.",
    title="«{rule}» en los últimos {days} días",
    would=("1 aviso, {per_week} por semana", "{n} avisos, {per_week} por semana"),
    weeks="semana a semana {spark}, {most} como máximo",
    looked_at="coinciden {matched} de {looked_at} entradas",
    matches=("coincide 1 entrada", "coinciden {n} entradas"),
    gained="Nuevos para este lugar ({n})",
    lost="Este lugar los tiene ahora, la consulta no los traería ({n})",
    feeds="Fuentes más activas",
    topics="Por tema",
    topic="se quedan {kept}, entran {gained}, salen {lost}",
    nothing="No habría avisado nada.",
    cut="Solo se miraron las entradas más recientes; la terminal las mira todas.",
    subscribe="Suscribirla",
)

FRENCH = BacktestWords(
    usage="simuler <mots ou requête> [180d]",
    gives="ce qu’une requête aurait annoncé ici, avant de s’y abonner",
    more="Comparé à ce que ce lieu reçoit aujourd’hui. Rien n’est envoyé.",
    title="« {rule} » sur les {days} derniers jours",
    would=("1 alerte, {per_week} par semaine", "{n} alertes, {per_week} par semaine"),
    weeks="semaine après semaine {spark}, {most} au plus",
    looked_at="{matched} entrées sur {looked_at} correspondent",
    matches=("1 entrée correspond", "{n} entrées correspondent"),
    gained="Nouvelles pour ce lieu ({n})",
    lost="Ce lieu les reçoit, la requête ne les apporterait pas ({n})",
    feeds="Flux les plus actifs",
    topics="Par sujet",
    topic="restent {kept}, entrent {gained}, sortent {lost}",
    nothing="Elle n’aurait rien annoncé.",
    cut="Seules les entrées récentes ont été examinées ; le terminal les examine toutes.",
    subscribe="S’y abonner",
)
