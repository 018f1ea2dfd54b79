/** What the internet reaches of a root module, once somebody asks. */

import type { SecurityModel } from '../model/security-model.ts';
import type { Resources } from '../terraform/instances/instance.ts';
import { engineOf } from './engine.ts';
import type { ExposedService, RootExposure } from './exposure.ts';

/** Nothing is evaluated before it is asked for. */
export function exposureOf(model: SecurityModel, resources: Resources): RootExposure {
  let known: ReturnType<typeof engineOf> | undefined;
  let services: readonly ExposedService[] | undefined;
  const engine = () => {
    known ??= engineOf(model, resources);
    return known;
  };
  return {
    root: model.root,
    environment: model.environment,
    get services() {
      services ??= engine().services();
      return services;
    },
    reachOf: (group, family, traffic) => engine().reachOf(group, family, traffic),
    get ends() {
      return engine().pathEnds();
    },
    pathsFrom: (from, isDirect) =>
      from === 'internet' ? engine().fromInternet(isDirect) : engine().pathsFrom(from, isDirect),
  };
}
