Console.WriteLine("gate simulator");
