import { httpRouter } from "convex/server";
import { httpAction } from "./_generated/server";

const http = httpRouter();

http.route({
  path: "/api/protected",
  method: "GET",
  handler: httpAction(async (ctx) => {
    // A token that does not verify is an error to Convex, and no token to the caller.
    const identity = await ctx.auth.getUserIdentity().catch(() => null);
    if (!identity) {
      const body = { code: "unauthenticated", message: "Send a valid token." };
      return Response.json(body, { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
    }
    const { subject, name = null, email = null } = identity;
    return Response.json({ message: "You are signed in.", user: { subject, name, email } });
  }),
});

export default http;
