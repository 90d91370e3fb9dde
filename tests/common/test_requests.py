import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory

from common.requests import CharsetGuard, CharsetMiddleware

FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"
BODY = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nPat\r\n--x--\r\n'


def answer_to(content_type: str, body: bytes = b"name=Pat") -> int:
    request = RequestFactory().generic("POST", "/", body, content_type)

    def view(request):
        assert request.POST["name"] == "Pat"
        return HttpResponse()

    return CharsetMiddleware(view)(request).status_code


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "rot13", "no-such-charset", "x" * 500])
def test_charset_middleware_refuses_what_no_browser_sends(charset):
    assert [answer_to(f"{FORM}; charset={charset}"), answer_to(f"{FILES}; charset={charset}", BODY)] == [400, 400]


@pytest.mark.parametrize(
    ("address", "status"), [("/a/9223372036854775808/", 400), (f"/a/{'9' * 5000}", 400), ("/a/922337203685477580/", 200)]
)
def test_charset_middleware_refuses_a_number_that_no_database_has_as_a_key(address, status):
    assert CharsetMiddleware(lambda request: HttpResponse())(RequestFactory().get(address)).status_code == status


@pytest.mark.parametrize(
    ("content_type", "body"), [(FORM, b"name=Pat"), (f"{FORM}; charset=UTF-8", b"name=Pat"), (f"{FILES}; charset=latin-1", BODY)]
)
def test_charset_middleware_takes_the_usual(content_type, body):
    assert answer_to(content_type, body) == 200


@pytest.mark.parametrize(("charset", "status"), [("rot13", "400 Bad Request"), ("hex", "400 Bad Request"), ("utf-8", "200 OK")])
def test_charset_guard_answers_before_django_reads_the_query_in_a_codec_that_is_none_of_text(charset, status):
    environ = RequestFactory()._base_environ(QUERY_STRING="change=1", CONTENT_TYPE=f"{FORM}; charset={charset}")
    answers = []

    def application(environ, start_response):
        assert WSGIRequest(environ).GET["change"] == "1"
        start_response("200 OK", [])
        return []

    list(CharsetGuard(application)(environ, lambda status, headers: answers.append(status)))

    assert answers == [status]
