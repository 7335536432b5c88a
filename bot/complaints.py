"""What a person can mend: the errors that the command line says in one sentence instead of a traceback."""

from __future__ import annotations


def known() -> tuple[type[Exception], ...]:
    """Every such error; imported only when something went wrong."""
    from bot import application, settings, translations
    from bot.commands import files
    from bot.practice import server
    from bot.rehearsal import playing
    from document_templates import errors as document_errors
    from flows import book, expressions
    from flows import errors as flow_errors
    from planning.schedule import project
    from storage import port

    return (
        application.StartError,
        files.FileError,
        playing.PlayError,
        server.ServeError,
        settings.SettingsError,
        translations.LanguageError,
        document_errors.TemplateError,
        flow_errors.FlowErrors,
        book.BookError,
        expressions.TooHeavyError,
        project.ScheduleError,
        port.StorageError,
    )
