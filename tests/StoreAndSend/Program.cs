using System.Globalization;
using EdgeAgent.StoreAndSend;

// EdgeAgent.StoreAndSend FOLDER PORT [drain]: stores and sends until it is killed; with "drain" it stores nothing new and ends when nothing waits.
using var child = new Child(args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
await (args is [_, _, "drain"] ? child.DrainAsync() : child.RunAsync());
