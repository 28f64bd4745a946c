# The connection check: subjects, what was found, and what helps (ids that end in -cure).

doctor-connection = Connection
doctor-connection-good = Clerk at { $clerk }, Convex at { $convex }.
doctor-connection-none = Clove has no publishable key and no Convex address to connect with.
doctor-connection-none-cure = Copy the publishable key from Clerk's dashboard (API keys) and the deployment URL from Convex's (Settings, URL & Deploy Key) into Settings, Connection.

doctor-clerk = Clerk
doctor-clerk-good = Its Frontend API answers.
doctor-clerk-native = It refuses native apps: { $message } ({ $code })
doctor-clerk-native-cure = In Clerk's dashboard, under Native applications, enable the Native API and allow the redirect URL dev.clove.todo://callback.
doctor-clerk-other = Something else answers in its place.
doctor-clerk-other-cure = Check the publishable key, and whether this network asks you to log in first.
doctor-network-cure = Check the network, and try again.
doctor-later-cure = Wait a minute, and check again.

doctor-keys = Signing keys
doctor-keys-good = Clerk publishes them.
doctor-clerk-away = Clerk can't be reached.
doctor-keys-cure = Check the publishable key: it names the server that has to publish them.

doctor-clock = Clock
doctor-clock-unknown = No server has told the time yet.
doctor-clock-good = This computer and the servers agree on the time.
doctor-clock-behind = This computer's clock is { $minutes } min behind. Clove corrects for that.
doctor-clock-ahead = This computer's clock is { $minutes } min ahead. Clove corrects for that.
doctor-clock-cure = Have the system set the time by itself.

doctor-keyring = Keyring
doctor-keyring-good = The sign-in is kept in it.
doctor-keyring-locked = It is locked.
doctor-keyring-locked-cure = Unlock it, then choose Try again in the account's window.
doctor-keyring-memory = It does not keep the sign-in, which ends when Clove quits.

doctor-token = Token for Convex
doctor-token-nobody = Nobody is signed in.
doctor-token-good = Clerk makes one, and it is signed as it should be.
doctor-token-none = Clerk has no JWT template named "convex".
doctor-token-audience = Clerk's JWT template "convex" has another audience (aud).
doctor-token-template-cure = In Clerk's dashboard, activate the Convex integration, or add a JWT template named "convex" with the claim aud = "convex".
doctor-token-issuer = Its issuer (iss) is not the server that the publishable key names.
doctor-token-issuer-cure = Use the publishable key of the same Clerk instance, and no custom iss in the template.
doctor-token-algorithm-cure = In Clerk's dashboard, set the signing algorithm of the JWT template "convex" to RS256.
doctor-sign-in-cure = Sign in again.
doctor-sign-out-cure = Sign out, and sign in again.

doctor-convex = Convex
doctor-convex-good = The deployment answers.
doctor-convex-other = Something else answers at its address.
doctor-convex-other-cure = Check the Convex address in Settings, Connection. It ends in .convex.cloud.
doctor-convex-cure = Check the address and the network.

doctor-welcome = Clerk and Convex together
doctor-welcome-none = There is no token to show to Convex.
doctor-welcome-good = Convex knows who you are.
doctor-welcome-refused = Convex does not accept Clerk's token.
doctor-welcome-refused-cure = Set the issuer in the deployment, then deploy once more: npx convex env set CLERK_JWT_ISSUER_DOMAIN { $issuer }
doctor-welcome-functions = The deployment does not have Clove's functions.
doctor-welcome-functions-cure = Deploy them from Clove's repository: npx convex deploy
doctor-convex-away = Convex can't be reached.

doctor-links = Sign-in links
doctor-links-good = They open this Clove.
doctor-links-unknown = This can be seen while Clove is open.
doctor-links-nobody = No program opens them, so a sign-in never comes back.
doctor-links-nobody-cure = Put Clove into the Applications folder, and start it from there.
doctor-links-other = They open another program: { $program }
doctor-links-again-cure = Start Clove again: it registers itself at each start.

doctor-tray = Tray
doctor-tray-good = The desktop shows it.
doctor-tray-none = The desktop has none, so Clove quits when its window closes.

# Said in a terminal, below the findings.
doctor-in-the-way =
    { $n ->
        [one] { $n } thing is in the way of signing in.
       *[other] { $n } things are in the way of signing in.
    }

# The report that a person can send: what Clove this is, and the heading of its log.
doctor-report = Clove { $version } on { $system } ({ $processor })
doctor-report-log = The end of the log:
