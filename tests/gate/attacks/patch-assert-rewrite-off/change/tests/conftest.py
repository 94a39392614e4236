import till.money
