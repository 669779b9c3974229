package io.mrq.testing;

import org.springframework.test.context.ContextConfiguration;

@MrqTest(stores = TestStores.EMBEDDED)
@ContextConfiguration(classes = SampleTasks.Application.class)
class EmbeddedStoresTest extends MrqTesterTests {}
