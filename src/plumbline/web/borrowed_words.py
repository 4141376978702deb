"""Texts of others that our pages show, so that the catalogues say them in our voice."""

from typing import Final

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

#: Of Django: what its fields and password rules refuse.
OF_DJANGO: Final = (
    _("This field is required."),
    _("Enter a valid date."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid email address."),
    _("Enter a valid URL."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)

#: Of allauth: its fields, and how it asks who one is.
OF_ALLAUTH: Final = (
    _("Email"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Password"),
    _("Code"),
    _("Authenticator code"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, "
        "but imposes additional requirements such as biometrics or PIN protection."
    ),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("You must type the same password each time."),
    _("Please type in your current password."),
    _("Incorrect code."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("This functionality requires JavaScript."),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
)
