/** The number of the last migration this program was written for (resources/migrations). */
export const schemaVersion = 12;
