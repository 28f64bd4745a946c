import { describe, expect, it } from "vitest";
import { cloud } from "./cloud";

describe("GET /api/protected", () => {
  it("is 401 without a valid token", async () => {
    const { t } = cloud();
    const response = await t.fetch("/api/protected");
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toBe("Bearer");
    expect(await response.json()).toMatchObject({ code: "unauthenticated" });
  });

  it("is 200 with one, and says whose it is", async () => {
    const { ada } = cloud();
    const response = await ada.fetch("/api/protected");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      user: { subject: "ada", email: "ada@example.com" },
    });
  });

  it("is there for GET alone", async () => {
    const { ada } = cloud();
    expect((await ada.fetch("/api/protected", { method: "POST" })).status).toBe(404);
  });
});
