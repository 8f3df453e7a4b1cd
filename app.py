"""The application, for any WSGI server and for `flask`."""

from deliberation import create_app

app = create_app()
