import { describeWaiting } from "../contracts/deferred-contract.js";
import { describeScanStore } from "../contracts/scan-store-contract.js";
import { FakeScanStore } from "./fake-scan-store.js";
import { FakeStore } from "./fake-store.js";

describeScanStore("In memory", async () => ({ scans: new FakeScanStore(), close: async () => {} }));
describeWaiting("In memory", async () => ({ ...new FakeStore(), close: async () => {} }));
