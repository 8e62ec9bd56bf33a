/** Holds a request back, by its method and path, until it is to be dealt with. */
export type Hold = (request: string) => Promise<void>;
