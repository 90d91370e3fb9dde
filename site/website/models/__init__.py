"""Models of the public site. The order matters: pages read contacts and settings."""

from website.models.media import SiteDocument, SiteImage, SiteRendition  # isort: skip
from website.models.contacts import ContactRole  # isort: skip
from website.models.settings import SiteSettings, SiteWording  # isort: skip
from website.models.base import SitePage  # isort: skip
from website.models.articles import ArticleIndexPage, ArticlePage
from website.models.comments import ArticleComment
from website.models.directory import LeaderDirectoryPage
from website.models.pages import ContactPage, HomePage, StandardPage
from website.models.readiness import ReadinessPage, ReadinessTheme
from website.models.stories import StoryIndexPage, StoryPage

__all__ = [
    "ArticleComment",
    "ArticleIndexPage",
    "ArticlePage",
    "ContactPage",
    "ContactRole",
    "HomePage",
    "LeaderDirectoryPage",
    "ReadinessPage",
    "ReadinessTheme",
    "SiteDocument",
    "SiteImage",
    "SitePage",
    "SiteRendition",
    "SiteSettings",
    "SiteWording",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
