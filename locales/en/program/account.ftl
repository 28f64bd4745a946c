# Why nothing came of what was asked of the account. $reason is what the system or a server said, in
# its own words.

account-not-connected = Clove has no account server to sign in with. Name one in Settings, under Connection.
# $reason is one of those below whose names begin with link-.
account-link = A link arrived that Clove does not understand ({ $reason }). It was ignored.
account-signed-in-already = Somebody is signed in already. Sign out first.
account-signed-out = Nobody is signed in.
account-superseded = This sign-in was ended before it was finished. Choose Sign in to begin another.
account-no-portal = Clerk names no page to manage this account on.
account-file = A file could not be written ({ $reason }), so nothing was changed. Try again.
account-closing = Clove is closing.

link-too-long = the link is longer than { $bytes } bytes
link-not-url = the link is not a URL
link-not-callback = the link is not { $scheme }://callback
link-repeated = the link repeats a parameter
link-missing = the link lacks a parameter
link-refused = the sign-in was refused in the browser

sign-in-nothing-pending = Clove did not ask for this sign-in. If you did, choose Sign in again.
sign-in-other-attempt = This link belongs to another sign-in. Use the browser window that Clove opened last.
sign-in-too-late = This sign-in took longer than ten minutes and has ended. Choose Sign in again.
sign-in-clock-set-back = This computer's clock was set back during the sign-in. Choose Sign in again.
sign-in-no-randomness = The system gave no random numbers, so Clove can't sign in safely. Restart the computer.

clerk-signed-out = This device is signed out. Sign in again.
clerk-session-gone = Your session has ended. Sign in again.
clerk-rate-limited =
    { $seconds ->
        [one] The sign-in server asks to wait. Try again in { $seconds } second.
       *[other] The sign-in server asks to wait. Try again in { $seconds } seconds.
    }
clerk-unavailable = The sign-in server has trouble at the moment. Try again in a few minutes.
clerk-refused = The sign-in server refused: { $message } ({ $code })
clerk-bad-answer = The sign-in server gave an answer that makes no sense. If a network asks you to log in, do so first; otherwise check the publishable key in Settings.

mint-no-template = Clerk makes no tokens for Convex yet. In Clerk's dashboard, activate the Convex integration, or add a JWT template named "convex".

token-not-token = The sign-in server made something that is no token.
token-algorithm = The token is not signed by RS256. Set that in Clerk's JWT template.
token-unknown-key = The token is signed by a key that the sign-in server does not publish.
token-signature = The token's signature is wrong. Something may stand between Clove and Clerk.
token-issuer = The token's issuer (iss) is not the one that the publishable key names.
token-audience = The token is not made for Convex: in Clerk's JWT template, aud has to be "convex".
token-user = The token speaks for somebody else than who signed in.
token-expired = The token has already expired by the sign-in server's own clock.
token-not-yet = The token is not valid yet by the sign-in server's own clock.
token-no-keys = The sign-in server publishes no keys that Clove can read.

convex-unauthorized = Convex does not accept this sign-in. The connection check in Settings says why.
convex-failed = The server could not do this ({ $reason }).
convex-rate-limited =
    { $seconds ->
        [one] The server asks to wait. Try again in { $seconds } second.
       *[other] The server asks to wait. Try again in { $seconds } seconds.
    }
convex-unavailable = The server has trouble at the moment. Try again in a few minutes.
convex-bad-answer = The server's answer makes no sense. Check the Convex URL in Settings.

# $name is the name of Clove's entries in the keyring.
keyring-missing = Clove found no keyring on this system. Set one up and start it, for example GNOME Keyring, KWallet or KeePassXC.
keyring-locked = The keyring is locked. Unlock it and try again.
keyring-too-long = The keyring did not do what Clove asked (it takes { $bytes } bytes at most).
keyring-ambiguous = The keyring has { $n } entries for { $name } under the same name. Remove one of them.
keyring-foreign = The keyring's entry for { $name } is not what Clove wrote.
keyring-refused = The keyring did not do what Clove asked, and did not say why.
keyring-failed = The keyring did not do what Clove asked ({ $reason }).

# What is wrong with what was pasted into Settings, under Connection.
convex-url-empty = Paste the deployment URL from Convex's dashboard, under Settings.
convex-url-dashboard = This is a page of Convex's dashboard. Paste the deployment URL that it shows under Settings, which ends in .convex.cloud.
convex-url-site = This is the address of HTTP actions. Paste the one that ends in .convex.cloud.
convex-url-clerk = This belongs to Clerk. Paste Convex's deployment URL, which ends in .convex.cloud.
convex-url-no-scheme = Paste the whole URL, with https:// at the start.
convex-url-insecure = The URL has to begin with https://. Plain http works for 127.0.0.1 alone.
convex-url-more-than-origin = Leave out what follows the host, such as a path.
convex-url-not-url = This is no URL. It should look like https://happy-otter-123.convex.cloud.

key-empty = Paste the publishable key from Clerk's dashboard, under API keys.
key-secret-key = This is a secret key, which belongs on servers alone. Paste the publishable key, which begins with pk_. If others may have seen the secret one, replace it in Clerk's dashboard.
key-address = This is an address. Paste the publishable key, which begins with pk_.
key-not-key = A publishable key begins with pk_test_ or pk_live_.
key-broken = This key is not complete. Copy it again from Clerk's dashboard.

paste-line = Paste only what follows the = sign.
paste-quoted = Leave out the quotation marks.
paste-space = There is a space or a line break in it. Remove it.

# The session that Clove had kept is gone, or will be. $reason is a whole sentence.
session-keyring-failed = { $reason } Your todos are all here; sign in again to sync them.
session-in-memory = { $reason } Until then you are signed in only until Clove quits.
session-other-connection = These todos were synced with another Clerk or Convex than the one in Settings. Change it back there, or sign in again.
session-none = Your sign-in is not in the keyring any more. Sign in again to sync your todos; they are all here.
session-set-aside = Another sign-in was begun before the keyring was unlocked. Sign in again to sync your todos; they are all here.
keyring-by-choice = Clove was started so that it leaves nothing in the keyring.
session-ended = { $reason } Your todos are all here.
