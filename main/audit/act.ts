/** Who acts, from which workstation, when. Every write on the shared record carries one. */
export interface Act {
  /** The person's name as the record shows it. */
  readonly actor: string;
  /** The identity provider's `sub`: what the database looks the person's rights up by. Empty: nobody. */
  readonly subject: string;
  readonly role: string;
  readonly workstation: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly correlationId: string;
}
