import type { AuthConfig } from "convex/server";

export default {
  providers: [
    {
      // The Frontend API address of the Clerk instance: `npx convex env set CLERK_JWT_ISSUER_DOMAIN …`.
      // eslint-disable-next-line @convex-dev/no-process-env -- it is read when it is deployed, by no function
      domain: process.env.CLERK_JWT_ISSUER_DOMAIN ?? "",
      applicationID: "convex",
    },
  ],
} satisfies AuthConfig;
