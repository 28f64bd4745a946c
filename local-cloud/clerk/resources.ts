// Clients, sessions and users in the words of Clerk's Frontend API (@clerk/shared, types/json).
import type { Client, Directory, Session, User } from "./directory.ts";

/** Writes resources; pictures have addresses below `url`. */
export function resources(directory: Directory, url: string) {
  const userJson = ({ id, email, first, last, createdAt }: User) => ({
    object: "user",
    id,
    primary_email_address_id: `idn_${id}`,
    email_addresses: [
      {
        object: "email_address",
        id: `idn_${id}`,
        email_address: email,
        verification: { status: "verified" },
      },
    ],
    first_name: first,
    last_name: last || null,
    username: null,
    image_url: `${url}/hosted/pictures/${id}.svg`,
    has_image: false,
    public_metadata: {},
    last_sign_in_at: createdAt,
    created_at: createdAt,
    updated_at: createdAt,
  });

  const sessionJson = (session: Session) => {
    const user = directory.user(session.userId);
    return {
      object: "session",
      id: session.id,
      status: session.status,
      expire_at: session.expiresAt,
      abandon_at: session.expiresAt,
      last_active_at: session.createdAt,
      last_active_organization_id: null,
      actor: null,
      user: user ? userJson(user) : null,
      created_at: session.createdAt,
      updated_at: session.createdAt,
    };
  };

  const clientJson = (client: Client) => {
    const sessions = directory.sessions.filter(
      ({ clientId, status }) => clientId === client.id && status === "active",
    );
    return {
      object: "client",
      id: client.id,
      sessions: sessions.map(sessionJson),
      sign_in: null,
      sign_up: null,
      last_active_session_id: sessions.at(-1)?.id ?? null,
      created_at: client.createdAt,
      updated_at: sessions.at(-1)?.createdAt ?? client.createdAt,
    };
  };
  return { sessionJson, clientJson };
}
