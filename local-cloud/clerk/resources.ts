// Clients, sessions and users in the words of Clerk's Frontend API (@clerk/shared, types/json).
import type { Client, Directory, Session, User } from "./directory.ts";

/** Pictures have addresses below `url`. */
export function clientJson(client: Client, directory: Directory, url: string) {
  const sessions = directory.sessions.filter(
    ({ clientId, status }) => clientId === client.id && status === "active",
  );
  return {
    object: "client",
    id: client.id,
    sessions: sessions.map((session) => sessionJson(session, directory, url)),
    sign_in: null,
    sign_up: null,
    last_active_session_id: sessions.at(-1)?.id ?? null,
    created_at: client.createdAt,
    updated_at: client.createdAt,
  };
}

export function sessionJson(session: Session, directory: Directory, url: string) {
  const user = directory.user(session.userId);
  return {
    object: "session",
    id: session.id,
    status: session.status,
    expire_at: session.expiresAt,
    last_active_at: session.createdAt,
    user: user ? userJson(user, url) : null,
    created_at: session.createdAt,
    updated_at: session.createdAt,
  };
}

function userJson({ id, email, first, last, createdAt }: User, url: string) {
  const address = { object: "email_address", id: `idn_${id}`, email_address: email };
  return {
    object: "user",
    id,
    primary_email_address_id: address.id,
    email_addresses: [{ ...address, verification: { status: "verified" } }],
    first_name: first,
    last_name: last || null,
    image_url: `${url}/hosted/pictures/${id}.svg`,
    has_image: false,
    created_at: createdAt,
    updated_at: createdAt,
  };
}
