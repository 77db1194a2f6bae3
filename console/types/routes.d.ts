// How a request finds its types in api.d.ts: by the method and the path, without its query, each {name} filled in.
declare namespace Api {
  type Bare<P extends string> = P extends `${infer Path}?${string}` ? Path : P;
  type Fitting<R, K> = K extends `${infer Begin}{${string}}${infer End}`
    ? R extends `${Begin}${infer Filled}${End}`
      ? Filled extends `${string}/${string}`
        ? never
        : K
      : never
    : never;
  /** The key of Answers that `R`, a method and a bare path, belongs to; never: there is no such route. */
  type Route<R> = R extends keyof Answers ? R : { [K in keyof Answers]: Fitting<R, K> }[keyof Answers];
  type RouteOf<M extends string, P extends string> = Route<`${M} ${Bare<P>}`>;

  /** What follows the path of a request; a path that no route has cannot be followed by anything. */
  type Checked<M extends string, P extends string, Rest extends unknown[]> = [RouteOf<M, P>] extends [never]
    ? [thereIsNoSuchRoute: never]
    : Rest;
  type AnswerOf<M extends string, P extends string> = Answers[RouteOf<M, P>];
  type BodyOf<M extends string, P extends string> = RouteOf<M, P> extends keyof Bodies ? Bodies[RouteOf<M, P>] : {};

  type CommandName = Command["command"];
  /** What the command of this name takes. */
  type FieldsOf<N extends CommandName> = Omit<Extract<Command, { command: N }>, "command">;
}
