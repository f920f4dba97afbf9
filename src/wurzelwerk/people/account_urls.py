"""The addresses of signing in: of allauth's pages only those that are needed, under our own short names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from wurzelwerk.people.views import access_code, signing_in

KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$"

urlpatterns = [
    path("login", signing_in.sign_in, name="account_login"),
    path("logout", account.logout, name="account_logout"),
    path("reauthenticate", account.reauthenticate, name="account_reauthenticate"),
    path("password/change", account.password_change, name="account_change_password"),
    path("password/set", account.password_set, name="account_set_password"),
    path("password/reset", account.password_reset, name="account_reset_password"),
    path("password/reset/done", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(KEY, account.password_reset_from_key, name="account_reset_password_from_key"),
    path("code", access_code.access_code, name="account_access_code"),
    path("code/password", access_code.first_password, name="account_access_code_password"),
    path("security", signing_in.security, name="mfa_index"),
    path("second-factor", mfa.authenticate, name="mfa_authenticate"),
    path("security/reauthenticate", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("security/app", totp.activate_totp, name="mfa_activate_totp"),
    path("security/app/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/codes/download", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("security/passkeys", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("security/passkeys/add", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("security/passkeys/reauthenticate", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("security/passkeys/<int:pk>/edit", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sessions", signing_in.sessions, name="usersessions_list"),
]
